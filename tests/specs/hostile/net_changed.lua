-- SPEC:2: net cannot be changed
net.relu = nil

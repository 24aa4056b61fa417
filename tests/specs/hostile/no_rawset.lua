-- SPEC:2: rawset is not available in a spec and was not set
rawset(net, "relu", 1)

-- SPEC:2: next is not available in a spec and was not set
next(net)

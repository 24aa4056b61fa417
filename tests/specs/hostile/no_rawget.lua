-- SPEC:2: rawget is not available in a spec and was not set
rawget(net, "relu")

-- SPEC:2: load is not available in a spec and was not set
load("return 1")

-- SPEC:2: xpcall is not available in a spec and was not set
xpcall(error, error)

-- SPEC:2: dofile is not available in a spec and was not set
dofile("/etc/passwd")

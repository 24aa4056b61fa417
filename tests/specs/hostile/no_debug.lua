-- SPEC:2: debug is not available in a spec and was not set
debug.sethook()

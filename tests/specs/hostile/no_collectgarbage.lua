-- SPEC:2: collectgarbage is not available in a spec and was not set
collectgarbage("stop")

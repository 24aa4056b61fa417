-- SPEC:2: pcall is not available in a spec and was not set
pcall(error)

-- SPEC:2: getmetatable is not available in a spec and was not set
getmetatable("")

-- SPEC:2: setmetatable is not available in a spec and was not set
setmetatable({}, {})

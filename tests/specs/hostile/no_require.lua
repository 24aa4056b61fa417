-- SPEC:2: require is not available in a spec and was not set
local x = require "spec"

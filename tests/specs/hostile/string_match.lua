-- SPEC:3: string.match is not available in a spec; format, len, lower, sub and upper are
local s = "a"
local m = s.match

-- SPEC:2: the spec ran for 400000 lines without an end
local function f() return f() end
return f()

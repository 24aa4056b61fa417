-- SPEC:2: the spec ran for 400000 lines without an end
local function f() end while true do f() end

-- SPEC:3: the spec ran for 400000 lines without an end
local n = 0
repeat n = n + 1 until n < 0

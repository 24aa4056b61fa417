-- SPEC:3: recursion or nesting is too deep
local s = string.format
local function f(n) return s("%d", f(n + 1)) end
f(1)

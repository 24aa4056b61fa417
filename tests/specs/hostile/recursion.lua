-- SPEC:3: recursion or nesting is too deep
local function f(a, b, c, d, e, g, h)
  return 1 + f(a, b, c, d, e, g, h)
end
return f(1, 2, 3, 4, 5, 6, 7)

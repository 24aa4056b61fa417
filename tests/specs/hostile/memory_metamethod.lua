-- SPEC:4: attempt to index a nil value (field 'a')
local t = {}
t.__index = t
return t.a.b

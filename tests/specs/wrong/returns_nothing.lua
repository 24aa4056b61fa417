-- SPEC:2: a spec must return what net.model makes, not nil
local x = net.adam {}

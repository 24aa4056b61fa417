-- SPEC:2: _G is not available in a spec and was not set
_G.x = 1

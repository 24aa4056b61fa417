-- SPEC:2: math.random is not available in a spec
return math.random(5)

-- SPEC:2: the spec ran for 400000 lines without an end
for i = 1, math.maxinteger do local _ = i end

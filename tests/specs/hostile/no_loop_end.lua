-- SPEC:2: the spec ran for 400000 lines without an end
while true do end

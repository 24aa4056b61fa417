-- SPEC:2: pairs: keys must be numbers or strings
for _ in pairs { [tostring] = 1 } do end

-- SPEC:5: table.concat: the text would be too long
local t, s = {}, "0123456789abcdef"
for _ = 1, 16 do s = s .. s end
for i = 1, 1000 do t[i] = s end
return table.concat(t)

-- SPEC:4: the spec takes more than 128 MiB of memory
local t = {}
while true do
  t[#t + 1] = { #t, #t, #t, #t, #t, #t, #t, #t, #t, #t, #t, #t, #t, #t, #t, #t, #t, #t, #t, #t, #t, #t, #t, #t, #t, #t, #t, #t, #t, #t, #t, #t, #t, #t, #t, #t, #t, #t, #t, #t, #t, #t, #t, #t, #t, #t, #t, #t, #t, #t, #t, #t, #t, #t, #t, #t, #t, #t, #t, #t, #t, #t, #t, #t, #t, #t, #t, #t, #t, #t, #t, #t, #t, #t, #t, #t, #t, #t, #t, #t, #t, #t, #t, #t, #t, #t, #t, #t, #t, #t, #t, #t, #t, #t, #t, #t, #t, #t, #t, #t }
end

-- SPEC:4: the spec takes more than 128 MiB of memory
local s = "x"
while true do
  s = s .. s
end

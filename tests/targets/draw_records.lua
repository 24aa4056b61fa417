-- Writes records of CIFAR-10's form, a class and noise that is brighter the higher it is: lua5.4 draw_records.lua COUNT
local state = 1
local function draw()
  state = state * 6364136223846793005 + 1442695040888963407
  return state >> 33
end
for i = 1, tonumber(arg[1]) do
  local class, bytes = (i * 7 + 3) % 10, {}
  for j = 1, 3072 do bytes[j] = string.char(draw() % 256 * (class + 1) // 10) end
  io.write(string.char(class), table.concat(bytes))
end

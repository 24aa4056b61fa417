-- Did one step move each group of tests/trainer/groups.sh by its factors of the numbers on the command line?
--
--   lua5.4 tests/trainer/moved.lua BEFORE GRADIENTS AFTER LR MOMENTUM DECAY OTHER
--
-- All files are safetensors. SGD with Nesterov momentum in plain arithmetic: the first step's momentum is d = gradient + decay *
-- weight itself, and the weight moves by lr * (d + momentum * d). OTHER is a step of half the learning rate with another momentum
-- and decay, of which Muon's group, an optimiser of its own, takes the learning rate alone.
package.path = "gen/?.lua;gen/?/init.lua;" .. package.path
local input = require "convert.input"
local safetensors = require "convert.safetensors"

-- { name: list of its values }
local function read(path)
  local file, tensors = input.open(path), {}
  for _, tensor in ipairs(safetensors.read(file)) do
    local values = {}
    if tensor.dtype.name == "F32" then
      local bytes = file:read(tensor.first, tensor.bytes, tensor.name)
      for i = 1, tensor.count do values[i] = string.unpack("<f", bytes, 4 * i - 3) end
      tensors[tensor.name] = values
    end
  end
  return tensors
end

local before, gradients, after, other = read(arg[1]), read(arg[2]), read(arg[3]), read(arg[7])
local lr, momentum, decay = tonumber(arg[4]), tonumber(arg[5]), tonumber(arg[6])

-- Factors of learning rate, decay and momentum; nothing: Muon's.
local function factors(name)
  if name:find "%.bias$" or name == "bn1.weight" then return 8, 0, 1 end
  if name == "fc.weight" then return 2, 3, 0.5 end
  if not (name:find "^conv1%." or name:find "^layer.*%.conv") then return 1, 1, 1 end
end

local function plain(name, i)
  local of_lr, of_decay, of_momentum = factors(name)
  local d = gradients[name][i] + decay * of_decay * before[name][i]
  return before[name][i] - lr * of_lr * (d + momentum * of_momentum * d)
end

-- Twice the way to `other`; before the step without a learning rate weights were set to their norm, too.
local function twice(name, i) return 2 * other[name][i] - before[name][i] end

local counts, faults = { plain = 0, twice = 0 }, 0
for name in pairs(gradients) do
  local kind = factors(name) and "plain" or "twice"
  local way, off, size = 0, 0, 0
  for i, value in ipairs(after[name]) do
    local expected = (kind == "plain" and plain or twice)(name, i)
    way, off, size = way + (expected - before[name][i]) ^ 2, off + (value - expected) ^ 2, size + expected ^ 2
  end
  counts[kind] = counts[kind] + 1
  if not (off <= 1e-12 * size and way > 1e-8 * size) then
    faults = faults + 1
    print(("%s: off by %.3g of %.3g, moved by %.3g"):format(name, off ^ 0.5, size ^ 0.5, way ^ 0.5))
  end
end
print(("%d tensors by factors, %d by Muon"):format(counts.plain, counts.twice))
os.exit(faults == 0 and counts.plain > 0 and counts.twice > 0)

-- The values of layers that a batch norm was folded into, as passes/fold_batch_norms.lua says: a norm with running statistics is
-- a factor and a summand a channel, computed in doubles here.
local fail = require "convert.fail"

local fold = {}

-- float32 to Lua's numbers and back, some at a time, as functions take only so many arguments.
local at_once = 128

local function numbers(bytes)
  local list = {}
  for first = 1, #bytes, 4 * at_once do
    local count = math.min(at_once, (#bytes - first + 1) // 4)
    table.move({ string.unpack("<" .. ("f"):rep(count), bytes, first) }, 1, count, #list + 1, list)
  end
  return list
end

local function floats(list)
  local pieces = {}
  for first = 1, #list, at_once do
    local count = math.min(at_once, #list - first + 1)
    pieces[#pieces + 1] = string.pack("<" .. ("f"):rep(count), table.unpack(list, first, first + count - 1))
  end
  return table.concat(pieces)
end

-- The factor of each channel: gamma / sqrt(variance + eps).
local function factors(norm, read)
  local gamma, list = norm.gamma and numbers(read(norm.gamma)), numbers(read(norm.variance))
  for channel, variance in ipairs(list) do
    local deviation = math.sqrt(variance + norm.eps)
    if deviation ~= deviation or deviation == 0 then
      fail.because("give those of a trained network", "%s has a value that is not above -eps", norm.variance.name)
    end
    list[channel] = (gamma and gamma[channel] or 1) / deviation
  end
  return list
end

-- Each channel's values times its factor. weight: [channel][...]
local function weight(packed, read)
  local list, factor = numbers(read(packed.weight)), factors(packed.norm, read)
  local each = #list // #factor
  for i, value in ipairs(list) do list[i] = value * factor[(i - 1) // each + 1] end
  return floats(list)
end

local function bias(packed, read)
  local norm, list = packed.norm, factors(packed.norm, read)
  local before, beta = packed.bias and numbers(read(packed.bias)), norm.beta and numbers(read(norm.beta))
  for channel, mean in ipairs(numbers(read(norm.mean))) do
    list[channel] = (beta and beta[channel] or 0) + ((before and before[channel] or 0) - mean) * list[channel]
  end
  return floats(list)
end

-- For each tensor of the graph that has a norm in it a function that makes its bytes, float32 as PyTorch has them in order. `packed`
-- as the pass leaves it, read(entry) -> the bytes of a parameter or buffer.
function fold.values(packed, read)
  local made = {}
  for _, layer in ipairs(packed) do
    if layer.norm then
      made[layer.to_weight] = function() return weight(layer, read) end
      made[layer.to_bias] = function() return bias(layer, read) end
    end
  end
  return made
end

return fold

-- Tensors of a file as a network of castnet's has them: floats as float32.
local dtypes = require "convert.dtypes"
local fail = require "convert.fail"
local values = require "convert.values"

local floats = {}

-- The pieces of a tensor as its file has them: of a safetensors file they lie in one stretch.
local function stored(file, tensor, dtype)
  if not tensor.stride then return file:pieces(tensor.first, tensor.count * dtype.size, tensor.name) end
  return values.pieces(file, setmetatable({ dtype = dtype }, { __index = tensor }))
end

-- Of each tensor of a list floats become float32, all else stays: sets its dtype, and pieces() -> iterator over strings.
function floats.of(file, list)
  for _, tensor in ipairs(list) do
    local from, to = tensor.dtype, dtypes.by_name[tensor.dtype.becomes]
    tensor.dtype = to
    tensor.pieces = function()
      local piece = stored(file, tensor, from)
      return function()
        local text = piece()
        return text and dtypes.convert(text, from, to)
      end
    end
  end
end

local advice = "give those of this network"

-- Raises a line unless the list has all floats of a network, in their shapes, and no others. Its counters it may lack, and what
-- is no float it may have beside them, such as masks, which nobody reads. parameters: the network's (graph.lua).
function floats.check(list, parameters)
  local by_name, wanted = {}, {}
  for _, tensor in ipairs(list) do by_name[tensor.name] = tensor end
  for _, entry in ipairs(parameters) do
    wanted[entry.name] = true
    if not entry.counter then floats.entry(by_name, entry) end
  end
  for _, tensor in ipairs(list) do
    if not wanted[tensor.name] and tensor.dtype.name == "F32" then
      fail.because(advice, "has %s, which the network has not", tensor.name)
    end
  end
end

-- The tensor of these that is an entry of a network's; raises a line if there is none of its shape.
function floats.entry(by_name, entry)
  local tensor, shape = by_name[entry.name], table.concat(entry.dims, "x")
  if not tensor or tensor.dtype.name ~= "F32" or table.concat(tensor.shape, "x") ~= shape then
    fail.because(advice, "has no %s of %s floats", entry.name, shape)
  end
  return tensor
end

return floats

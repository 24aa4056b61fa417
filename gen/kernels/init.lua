-- The algorithms by the op they do: kernels.of[op] is a list, in the order of the list below.
-- Each file in this folder returns one algorithm or a list of them:
--
--   op         the node it does                        template   its file in templates/kernels
--   takes      (node, target) -> whether it can        cost       (node, target) -> to be compared
--   values     (node, graph) -> what the template sees beside the standard values
--   workspace  (node, values, graph) -> {{key, dims} ...}    inplace    { {out key, in key} ... } may share memory
--   scratch    (values) -> floats that each running thread needs, in no order
--   name       (node) -> name of the C function
--   flop       (node) -> what it computes, where that is not one product a live pair of tap and output
--   serial     true: it calls nothing in units
--   extra      { {type, name, text at the call} ... }  further C parameters
local files = {
  "input", "conv_taps", "conv_lowered", "conv_winograd", "channel_sum", "bn", "relu", "add", "max_pool", "avg_pool", "mean_pool",
  "flatten", "linear", "dropout", "cross_entropy",
}

local kernels = { of = {} }

function kernels.add(kernel)
  kernels.of[kernel.op] = kernels.of[kernel.op] or {}
  table.insert(kernels.of[kernel.op], kernel)
end

for _, file in ipairs(files) do
  local entry = require("kernels." .. file)
  for _, kernel in ipairs(entry.op and { entry } or entry) do kernels.add(kernel) end
end

-- 32c64 for 32x32 images of 64 channels, 16x8c64 for others, c512 for vectors.
function kernels.shape_name(shape)
  if shape.height == 1 and shape.width == 1 then return "c" .. shape.channels end
  if shape.height == shape.width then return shape.height .. "c" .. shape.channels end
  return shape.height .. "x" .. shape.width .. "c" .. shape.channels
end

function kernels.name(kernel, node)
  if kernel.name then return kernel.name(node) end
  local tensor = node:tensor("x") or node:tensor("d_out") or node:tensor("out")
  return node.op .. "_" .. kernels.shape_name(tensor.shape) .. (node.phase == "forward" and "_forward" or "")
end

local texts = setmetatable({}, { __mode = "k" }) -- of lists within values, which many nodes share

-- A table of numbers, strings, booleans and lists as text, keys sorted: equal text, equal values.
function kernels.serialise(values)
  local keys = {}
  for key in pairs(values) do keys[#keys + 1] = key end
  if #keys == #values then
    for i = 1, #keys do keys[i] = i end
  else
    table.sort(keys, function(a, b) return tostring(a) < tostring(b) end)
  end
  local out = {}
  for i, key in ipairs(keys) do
    local value = values[key]
    if type(value) == "table" then
      texts[value] = texts[value] or kernels.serialise(value)
      value = texts[value]
    end
    out[i] = tostring(key) .. "=" .. tostring(value)
  end
  return "{" .. table.concat(out, ",") .. "}"
end

return kernels

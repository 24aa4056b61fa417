-- Each op of a spec as nodes of ONNX's opset 17. Values have the shape [N][channels][height][width] throughout, vectors too. A
-- function takes what export/init.lua's builder knows:
--
--   b:node(type, inputs, attributes)   adds a node and returns what it makes; attributes: {name = whole number, float (with a point)
--                                      or list of whole numbers}
--   b:floats(dims, list), b:ints(list) constants;   b:weight(tensor, dims)   a parameter, in other dims if said
--
-- and the node, and returns the name of what the node makes; x is its first input.
local ops = {}

local function both(padding) return { padding[1], padding[2], padding[3] or padding[1], padding[4] or padding[2] } end

function ops.conv(b, node, x)
  local a, bias = node.attributes, node:tensor("bias")
  return b:node("Conv", { x, b:weight(node:tensor("weight")), bias and b:weight(bias) }, {
    kernel_shape = a.kernel, strides = a.stride, pads = both(a.padding), dilations = a.dilation, group = a.groups,
  })
end

-- A convolution of one pixel.
function ops.linear(b, node, x)
  local weight, bias = node:tensor("weight"), node:tensor("bias")
  local dims = weight.entry.dims
  return b:node("Conv", { x, b:weight(weight, { dims[1], dims[2], 1, 1 }), bias and b:weight(bias) }, { kernel_shape = { 1, 1 } })
end

local function filled(count, value)
  local list = {}
  for i = 1, count do list[i] = value end
  return list
end

function ops.bn(b, node, x)
  local channels = node:tensor("x").shape.channels
  local function parameter(key, otherwise)
    local tensor = node:tensor(key)
    return tensor and b:weight(tensor) or b:floats({ channels }, filled(channels, otherwise))
  end
  return b:node("BatchNormalization", {
    x, parameter("gamma", 1), parameter("beta", 0), parameter("running_mean", 0), parameter("running_var", 1),
  }, { epsilon = node.attributes.eps + 0.0 })
end

-- Opset 17 normalises each image by channels alone: here those are the groups.
function ops.group_norm(b, node, x)
  local s, groups = node:tensor("x").shape, node.attributes.groups
  local y = b:node("Reshape", { x, b:ints { 0, groups, -1 } })
  y = b:node("InstanceNormalization", { y, b:floats({ groups }, filled(groups, 1)), b:floats({ groups }, filled(groups, 0)) },
    { epsilon = node.attributes.eps + 0.0 })
  y = b:node("Reshape", { y, b:ints { 0, s.channels, s.height, s.width } })
  if not node:tensor("gamma") then return y end
  local dims = { 1, s.channels, 1, 1 }
  return b:node("Add", { b:node("Mul", { y, b:weight(node:tensor("gamma"), dims) }), b:weight(node:tensor("beta"), dims) })
end

-- What passes of the output inference make of them: the same nodes with parameters that no longer change.
ops.conv_fixed, ops.linear_fixed, ops.bn_evaluate = ops.conv, ops.linear, ops.bn

function ops.relu(b, _, x) return b:node("Relu", { x }) end
function ops.relu6(b, _, x) return b:node("Clip", { x, b:floats({}, { 0 }), b:floats({}, { 6 }) }) end
function ops.leaky_relu(b, node, x) return b:node("LeakyRelu", { x }, { alpha = node.attributes.slope + 0.0 }) end
function ops.sigmoid(b, _, x) return b:node("Sigmoid", { x }) end
function ops.silu(b, _, x) return b:node("Mul", { x, b:node("Sigmoid", { x }) }) end
function ops.scale(b, node, x) return b:node("Mul", { x, b:floats({}, { node.attributes.factor }) }) end

function ops.gelu(b, node, x)
  local function times(y, factor) return b:node("Mul", { y, b:floats({}, { factor }) }) end
  local share
  if node.attributes.approximate == "none" then
    share = b:node("Erf", { times(x, math.sqrt(0.5)) })
  else
    local cube = b:node("Mul", { x, b:node("Mul", { x, x }) })
    share = b:node("Tanh", { times(b:node("Add", { x, times(cube, 0.044715) }), math.sqrt(2 / math.pi)) })
  end
  return b:node("Mul", { times(x, 0.5), b:node("Add", { share, b:floats({}, { 1 }) }) })
end

function ops.add(b, node) return b:node("Add", { b:value(node:tensor("left")), b:value(node:tensor("right")) }) end
function ops.mul(b, node) return b:node("Mul", { b:value(node:tensor("left")), b:value(node:tensor("right")) }) end

function ops.concat(b, node)
  local parts = {}
  for _, argument in ipairs(node.arguments) do
    if argument.key ~= "out" then parts[#parts + 1] = b:value(argument.tensor) end
  end
  return b:node("Concat", parts, { axis = 1 })
end

-- Of height and width from `first` up to `last`.
local function slice(b, x, first, last, steps)
  return b:node("Slice", { x, b:ints(first), b:ints(last), b:ints { 2, 3 }, b:ints(steps or { 1, 1 }) })
end

function ops.pad_channels(b, node, x)
  local a, s = node.attributes, node:tensor("x").shape
  if a.stride[1] ~= 1 or a.stride[2] ~= 1 then x = slice(b, x, { 0, 0 }, { s.height, s.width }, a.stride) end
  return b:node("Pad", { x, b:ints { 0, a.before, 0, 0, 0, a.after, 0, 0 } })
end

local function pool(type, more)
  return function(b, node, x)
    local a = node.attributes
    local attributes = { kernel_shape = a.kernel, strides = a.stride, pads = both(a.padding), ceil_mode = a.ceil_mode and 1 or 0 }
    for key, value in pairs(more) do attributes[key] = value end
    return b:node(type, { x }, attributes)
  end
end
ops.max_pool, ops.avg_pool = pool("MaxPool", {}), pool("AveragePool", { count_include_pad = 1 })

function ops.mean_pool(b, _, x) return b:node("GlobalAveragePool", { x }) end

-- Part by part, as parts may overlap and differ in size.
local function adaptive(type)
  return function(b, node, x)
    local from, to, rows = node:tensor("x").shape, node:tensor("out").shape, {}
    local function ends(i, n, size) return i * n // size, -(-(i + 1) * n // size) end
    for i = 0, to.height - 1 do
      local y0, y1 = ends(i, from.height, to.height)
      local parts = {}
      for j = 0, to.width - 1 do
        local x0, x1 = ends(j, from.width, to.width)
        parts[j + 1] = b:node(type, { slice(b, x, { y0, x0 }, { y1, x1 }) })
      end
      rows[i + 1] = b:node("Concat", parts, { axis = 3 })
    end
    return b:node("Concat", rows, { axis = 2 })
  end
end
ops.adaptive_avg_pool, ops.adaptive_max_pool = adaptive "GlobalAveragePool", adaptive "GlobalMaxPool"

function ops.flatten(b, node, x) return b:node("Reshape", { x, b:ints { 0, node:tensor("out").shape.channels, 1, 1 } }) end

-- Nothing is dropped outside training.
local function same(_, _, x) return x end
ops.dropout, ops.dropout2d, ops.drop_path = same, same, same

return ops

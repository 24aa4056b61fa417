-- Value by value; `factor` where one side is a value for all positions of an image's channel.
local positions = require "kernels.positions"

local function values(key, other)
  return function(node, graph)
    local v, shape, factor = positions.values(node:tensor(key).shape, graph), node:tensor(key).shape, node:tensor(other).shape
    v.factor = shape.height ~= factor.height or shape.width ~= factor.width
    v.places = v.factor and ", at each position" or ""
    return v
  end
end

local function name(key, other)
  return function(node)
    local shape, factor = node:tensor(key).shape, node:tensor(other).shape
    local text = (shape.height ~= factor.height or shape.width ~= factor.width) and "mul_factor" or "mul"
    return positions.name(text, key)(node)
  end
end

local function sum_name(node)
  return string.format("mul_sum_%s%s_backward", positions.shape_name(node:tensor("other").shape),
    positions.adds(node, "d_x") and "_add" or "")
end

return {
  {
    op = "mul", template = "kernels/mul_forward.c", name = name("out", "right"), values = values("out", "right"),
    inplace = { { "out", "left" } },
  },
  {
    op = "mul_backward", template = "kernels/mul_backward.c", name = name("d_x", "other"), values = values("d_x", "other"),
    inplace = { { "d_x", "d_out" } },
  },
  {
    op = "mul_sum_backward", template = "kernels/mul_sum_backward.c", name = sum_name,
    values = positions.of "other",
  },
}

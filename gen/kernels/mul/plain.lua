-- Value by value; one side may be a factor, a value for all positions of an image's channel.
local positions = require "kernels.positions"

-- Whether the tensor `other` is a factor of `key`: a value for all its positions.
local function is_factor(node, key, other)
  local shape, factor = node:tensor(key).shape, node:tensor(other).shape
  return shape.height ~= factor.height or shape.width ~= factor.width
end

local function values(key, other)
  return function(node, graph)
    local v = positions.values(node:tensor(key).shape, graph)
    v.places = is_factor(node, key, other) and ", at each position" or ""
    return v
  end
end

local function name(key, other)
  return function(node)
    return positions.name(is_factor(node, key, other) and "mul_factor" or "mul", key)(node)
  end
end

local function sum_name(node)
  return string.format("mul_sum_%s%s_backward", positions.shape_name(node:tensor("other").shape),
    positions.adds(node, "d_x") and "_add" or "")
end

local function has_factor(node) return is_factor(node, "out", "right") end

local function forward(takes, inplace)
  return {
    op = "mul", template = "kernels/mul_forward.c", takes = takes, name = name("out", "right"), values = values("out", "right"),
    inplace = inplace,
  }
end

-- A factor is read again at the next position, after the first values were written.
return {
  forward(has_factor, { { "out", "left" } }),
  forward(function(node) return not has_factor(node) end, { { "out", "left" }, { "out", "right" } }),
  {
    op = "mul_backward", template = "kernels/mul_backward.c", name = name("d_x", "other"), values = values("d_x", "other"),
    inplace = { { "d_x", "d_out" } },
  },
  {
    op = "mul_sum_backward", template = "kernels/mul_sum_backward.c", name = sum_name,
    values = positions.of "other",
  },
}

-- Fully connected layers: one product, cut into units by images (forward) or by inputs (backward).
local positions = require "kernels.positions"
local products = require "kernels.products"

local function io(node)
  local input, output = positions.ends(node)
  return input.channels, output.channels
end

local function name(suffix)
  return function(node)
    local inputs, outputs = io(node)
    return string.format("linear_%d_%d_%s", inputs, outputs, suffix)
  end
end

local function values(node, graph)
  local v = { images = math.min(graph.batch, 32) }
  v.inputs, v.outputs = io(node)
  v.units = -(-graph.batch // v.images)
  v.slice = v.inputs
  while v.slice % 2 == 0 and v.slice >= 512 do v.slice = v.slice // 2 end
  v.slices = v.inputs // v.slice
  return v
end

local function forward_values(node, graph)
  local v = values(node, graph)
  v.panels = products.count(graph.target, v.outputs)
  v.plus_bias, v.from_bias = node:tensor("bias") and " + bias" or "", node:tensor("bias") and 1 or 0
  return v
end

-- Sums over so many images at a time, so that rounding does not grow with the batch.
local function grad_weight_values(node, graph)
  local v = values(node, graph)
  v.images = 128
  v.few_at_a_time = graph.batch > v.images
  v.some = v.few_at_a_time and string.format(", sums of %d images at a time", v.images) or ""
  return v
end

-- The weight transposed, in panels; a unit of images reads all of it.
local function workspace(_, v, graph)
  return { { key = "turned", dims = { products.panels(graph.target, v.inputs, v.outputs) } } }
end

return {
  { op = "linear", template = "kernels/linear_forward.c", name = name "forward", values = forward_values, workspace = workspace,
    optional = { "bias" } },
  { op = "linear_grad_input", template = "kernels/linear_grad_input.c", name = name "grad_input", values = values,
    may_add = "d_x" },
  { op = "linear_grad_weight", template = "kernels/linear_grad_weight.c", name = name "grad_weight", values = grad_weight_values },
}

-- Fully connected layers: one product, cut into units by images (forward, and backward to the input) or by inputs (to the weight);
-- where a program has more threads than such units, also by columns of the product, and by fewer images or outputs (share_of_unit in
-- base.h).
local positions = require "kernels.positions"
local products = require "kernels.products"
local units = require "kernels.units"

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

local function round_up(n, step) return -(-n // step) * step end

-- Images of a unit, and how a product of that many rows and `columns` columns, each a sum of k, is cut further. Each unit of images brings
-- all of the weight near once more: the input gradient of 4096 by 4096 took 0.43 of the time with 128 images (AVX-512, one thread).
local function by_images(v, graph, columns, k)
  local target, panel = graph.target, products.width(graph.target, columns)
  v.images = math.min(graph.batch, target.blas and 32 or 128)
  v.units = -(-graph.batch // v.images)
  v.least_columns = units.least(columns, panel, v.images * k)
  v.least_images = units.least(v.images, 8, math.min(columns, v.least_columns) * k)
  v.shares = units.shares(target, v.units) and (columns > v.least_columns or v.images > v.least_images)
  v.all_columns, v.columns, v.most_images =
    columns, round_up(columns, v.least_columns), round_up(v.images, v.least_images)
  v.count = v.shares and "blocks * column_blocks" or v.units
  v.share = v.shares and string.format("%d images, or fewer and some columns where there are more threads than such units", v.images)
    or string.format("%d images", v.images)
end

local function forward_values(node, graph)
  local v = {}
  v.inputs, v.outputs = io(node)
  by_images(v, graph, v.outputs, v.inputs)
  products.add_turn(v, graph.target, v.inputs, v.outputs, 1)
  v.plus_bias, v.from_bias = node:tensor("bias") and " + bias" or "", node:tensor("bias") and 1 or 0
  return v
end

local function grad_input_values(node, graph)
  local v = {}
  v.inputs, v.outputs = io(node)
  by_images(v, graph, v.inputs, v.outputs)
  return v
end

-- Sums over so many images at a time, so that rounding does not grow with the batch.
local images_of_sum = 128

-- Inputs of a unit.
local slice = 256

local function grad_weight_values(node, graph)
  local v = { images = images_of_sum }
  v.inputs, v.outputs = io(node)
  v.few_at_a_time = graph.batch > v.images
  v.some = v.few_at_a_time and string.format(", sums of %d images at a time", v.images) or ""
  v.slice = math.min(v.inputs, slice)
  v.slices = -(-v.inputs // v.slice)
  v.least_outputs = units.least(v.outputs, 16, v.slice * graph.batch)
  v.shares = units.shares(graph.target, v.slices) and v.outputs > v.least_outputs
  v.most_outputs = round_up(v.outputs, v.least_outputs)
  v.share = v.shares and " and all outputs, or fewer where there are more threads than such units" or ""
  return v
end

-- The weight transposed, in panels; a unit of images reads all of it.
local function workspace(_, v, graph)
  return { { key = "turned", dims = { products.panels(graph.target, v.inputs, v.outputs) } } }
end

return {
  { op = "linear", template = "kernels/linear_forward.c", name = name "forward", values = forward_values, workspace = workspace,
    optional = { "bias" } },
  { op = "linear_grad_input", template = "kernels/linear_grad_input.c", name = name "grad_input", values = grad_input_values,
    may_add = "d_x" },
  { op = "linear_grad_weight", template = "kernels/linear_grad_weight.c", name = name "grad_weight", values = grad_weight_values },
}

-- Convolution of few input channels: products with so short a row (3 for an image) would leave the
-- multiplier idle, so a block of outputs is lowered first: its taps' inputs side by side, one product.
local layout = require "layout"
local shared = require "kernels.conv.shared"
local statistics = require "kernels.statistics"
local taps = require "taps"
local units = require "kernels.units"

local function takes(node)
  local input = node:tensor("x").shape
  return node.attributes.groups == 1 and input.channels < 16
end

-- As taps, but a row as long as the kernel; taps with short rows cost as if these were full.
local function cost(node, target)
  return node.flop_unpruned * math.min(1, node:tensor("x").shape.channels / target.costs.full_row)
end

-- Lowered taps stand by their place in the weight; a unit lowers so many columns at a time, into scratch: [columns][images][k].
local function lower(v, columns, batch)
  v.taps = taps.by_place(v.taps)
  v.k = #v.taps * v.cg
  v.block = math.min(#v.taps, 64)
  v.columns = columns
  v.lowered = { stride = layout.strides { v.columns, "BATCH", v.k }, floats = v.columns * batch * v.k }
  return v
end

local function scratch(v) return v.lowered.floats + v.staged end

-- What it makes and its gradient, but not the few channels that it lowers.
local function narrow(_, key) return key ~= "x" end

-- Columns that a unit lowers at a time.
local most_columns = 4

-- The same of a row of outputs that units share.
local function columns_of(output, target)
  local columns = math.min(most_columns, output.width)
  while target.threads and columns > 1 and output.height * -(-output.width // columns) < units.threads do columns = columns // 2 end
  return columns
end

-- Floats of one position of the tensor, where a product has them as such.
local function staged(tensor, batch) return tensor.type == "bf16" and batch * tensor.shape.channels or 0 end

local forward = {
  op = "conv", scratch = scratch, narrow = narrow, template = "kernels/conv_lowered_forward.c", takes = takes, cost = cost,
  algorithm = "lowered", name = shared.name "lowered",
  optional = { "bias", table.unpack(statistics.keys) }, may_lack = statistics.keys,
}

function forward.values(node, graph)
  local output = node:tensor("out").shape
  local v = lower(shared.values(node), columns_of(output, graph.target), graph.batch)
  v.staged, v.shares_taps = staged(node:tensor("out"), graph.batch), false
  v.blocks = -(-output.width // v.columns)
  v.starts = shared.starts(node)
  v.share, v.from_bias = v.columns == 1 and "one column" or v.columns .. " columns", node:tensor("bias") and 1 or 0
  statistics.add_values(v, output.channels, output.height * output.width)
  return v
end

function forward.workspace(node, v) return statistics.workspace(node, v.stat_parts) end

local grad_weight = {
  op = "conv_grad_weight", scratch = scratch, narrow = narrow, template = "kernels/conv_lowered_grad_weight.c", takes = takes, cost = cost,
  algorithm = "lowered", name = shared.name "lowered",
}

function grad_weight.values(node, graph)
  local output = node:tensor("d_out").shape
  local v = lower(shared.values(node), math.min(most_columns, output.width), graph.batch)
  v.staged = staged(node:tensor("d_out"), graph.batch)
  v.parts = units.bounded_parts(units.parts(graph, output), v.k * v.og)
  v.shares_taps = units.shares(graph.target, v.parts) and #v.taps > 1
  units.add_pieces(v, v.k * v.og)
  v.share = v.parts > 1 and string.format("the output rows of one of %d parts", v.parts) or "all output rows"
  if v.shares_taps then v.share = v.share .. ", of fewer taps where there are more threads than such units" end
  v.afterwards = v.parts > 1 and " The parts are added up afterwards." or ""
  return v
end

function grad_weight.workspace(_, v)
  if v.parts == 1 then return {} end
  return { { key = "workspace", dims = { v.parts, v.k, v.og } } }
end

return { forward, grad_weight }

-- Convolution of few input channels: products with so short a row (3 for an image) would leave the
-- multiplier idle, so a block of outputs is lowered first: its taps' inputs side by side, one product.
local shared = require "kernels.conv.shared"
local taps = require "taps"

local function takes(node)
  local input = node:tensor("x").shape
  return node.attributes.groups == 1 and input.channels < 16
end

-- As taps, but a row as long as the kernel; taps with short rows cost as if these were full.
local function cost(node, target)
  return node.flop_unpruned * math.min(1, node:tensor("x").shape.channels / target.costs.full_row)
end

-- Lowered taps stand by their place in the weight.
local function lower(v)
  v.taps = taps.by_place(v.taps)
  v.k = #v.taps * v.cg
  v.block = math.min(#v.taps, 64)
  return v
end

local forward = {
  op = "conv", template = "kernels/conv_lowered_forward.c", takes = takes, cost = cost, name = shared.name "lowered",
  optional = { "bias", "partial" }, may_lack = { "partial" },
}

local function lowered(v, out)
  return { key = "lowered", dims = { out.height, out.width, "BATCH", v.k } }
end

function forward.values(node)
  local v = lower(shared.values(node))
  v.columns = math.min(4, node:tensor("out").shape.width)
  v.blocks = -(-node:tensor("out").shape.width // v.columns)
  v.share, v.from_bias = v.columns == 1 and "one column" or v.columns .. " columns", node:tensor("bias") and 1 or 0
  return v
end

function forward.workspace(node, v)
  return { lowered(v, node:tensor("out").shape) }
end

local grad_weight = {
  op = "conv_grad_weight", template = "kernels/conv_lowered_grad_weight.c", takes = takes, cost = cost,
  name = shared.name "lowered",
}

function grad_weight.values(node)
  local output = node:tensor("d_out").shape
  local v = lower(shared.values(node))
  v.parts = math.min(output.height, 16)
  v.columns = math.min(4, output.width)
  return v
end

function grad_weight.workspace(node, v)
  return {
    { key = "workspace", dims = { v.parts, v.k, v.og } }, lowered(v, node:tensor("d_out").shape),
  }
end

return { forward, grad_weight }

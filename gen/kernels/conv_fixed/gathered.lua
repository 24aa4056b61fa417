-- Convolution with fixed weights, for few images: the inputs of a block of outputs are gathered side by side, as many taps at
-- a time as make a long row of a product, and multiplied by the weight, which lies in panels. Needs no more memory than one
-- block in scratch, and reads the weight once for it. A fully connected layer is the same of one output and one tap.
local layout = require "layout"
local positions = require "kernels.positions"
local products = require "kernels.products"
local shared = require "kernels.conv.shared"
local store = require "kernels.store"
local taps = require "taps"

-- Floats of a row of the product, if taps are so short that several fit into it.
local row = 256

-- Bytes of the largest activation.
local function largest(graph)
  local most = 0
  for _, tensor in ipairs(graph.tensors) do
    if tensor.shape then most = math.max(most, tensor.bytes) end
  end
  return most
end

-- Rows of a block: the multiplier wants several tiles of them, memory few. They fill no more than a part of a core's own
-- cache, and are few beside the activations.
local function rows_of(graph, k)
  local tile, bytes = graph.target.tile.rows, math.min(graph.target.cache // 32, largest(graph) // 4)
  return math.min(math.max(tile, bytes // (layout.bytes "f32" * k) // tile * tile), 8 * tile)
end

local function of_linear(node)
  local input, output = positions.ends(node)
  return { taps = false, n_taps = 1, groups = 1, cg = input.channels, og = output.channels, direct = true, sy = 1, sx = 1 }
end

local function of_conv(node)
  local v, a = shared.values(node), node.attributes
  v.taps, v.flop_note = taps.by_place(v.taps), nil
  v.n_taps = #v.taps
  v.direct = v.groups == 1 and v.n_taps == 1 and shared.is_square(node, 1) and a.padding[1] == 0 and a.padding[2] == 0
    and #a.padding == 2
  if v.direct then v.taps = false end
  return v
end

local function geometry(node) return node.op == "linear_fixed" and of_linear(node) or of_conv(node) end

-- Blocks of channels, where there are too few positions for a few threads.
local function parts_of(units, width, channels)
  local parts = 1
  while units * parts < 4 and channels % (2 * parts * width) == 0 and channels // (2 * parts) >= 64 do parts = 2 * parts end
  return parts
end

local function values(node, graph)
  local input, output = positions.ends(node)
  local v = geometry(node)
  v.product = node.op == "linear_fixed" and "x weight'" or "convolution"
  store.values(node, v)
  v.positions, v.channels, v.out_width, v.from_channels = output.height * output.width, output.channels, output.width, input.channels
  v.images = graph.batch
  v.k = v.n_taps * v.cg
  v.block = v.direct and 1 or math.max(1, math.min(v.n_taps, row // v.cg))
  v.last = (v.n_taps - 1) % v.block + 1
  v.blocks = -(-v.n_taps // v.block)
  v.width = products.width(graph.target, v.og)
  v.rows = math.max(1, math.min(v.positions, rows_of(graph, v.block * v.cg) // graph.batch))
  v.pblocks = -(-v.positions // v.rows)
  v.parts = v.groups == 1 and parts_of(v.pblocks, v.width, v.og) or 1
  v.made = v.og // v.parts
  v.units = v.pblocks * v.parts
  v.part = v.groups > 1 and v.channels or v.made
  v.of_taps = v.blocks == 1 and "all taps" or string.format("%d of %d taps at a time", v.block, v.n_taps)
  v.of_channels = v.parts > 1 and string.format(" for %d of the channels", v.made) or ""
  v.begins = (node:tensor("bias") or node:tensor("residual")) ~= nil
  v.begun, v.from_block = v.begins and 1 or 0, v.begins and 1 or "block > 0"
  return v
end

local function name(node)
  if node.op == "conv_fixed" then return shared.name "gathered"(node) .. store.suffix(node) end
  local input, output = positions.ends(node)
  return string.format("linear_%d_%d_fixed%s", input.channels, output.channels, store.suffix(node))
end

local function kernel(op)
  return {
    op = op, template = "kernels/conv_gathered.c", algorithm = "gathered", name = name, values = values, optional = { "bias", "residual" },
    stores = { sums = true, functions = true }, inplace = { { "out", "residual" } }, around = "x",
    parts = { "functions.h" },
    cost = function(node) return node.flop or 0 end,
    panel = function(node, graph)
      local v = geometry(node)
      return { rows = v.n_taps * v.cg, columns = v.og, groups = v.groups, width = products.width(graph.target, v.og) }
    end,
    scratch = function(v) return v.direct and 0 or v.rows * v.images * v.block * v.cg end,
  }
end

return { kernel "conv_fixed", kernel "linear_fixed" }

-- Convolution as one matrix product a tap: with images beside each other in memory, the inputs that a
-- tap reads for a run of output columns are a matrix already, so nothing is lowered or copied, and a
-- (tap, output) pair that meets padding simply isn't computed.
local layout = require "layout"
local positions = require "kernels.positions"
local products = require "kernels.products"
local shared = require "kernels.conv.shared"
local statistics = require "kernels.statistics"
local taps = require "taps"
local units = require "kernels.units"

local function ceil_div(a, b) return -(-a // b) end

-- How a row of `width` positions of `channels` is cut into units: blocks of columns, and where there are
-- few positions blocks of channels too. Small blocks keep the sums of a wide row in cache; with many
-- channels longer products pay. Measured on Zen 5 with OpenBLAS, batch 128.
local function cut(v, width, rows, channels, panel, whole_row)
  local columns = whole_row and width or (v.cg <= 64 and 1 or 4)
  v.columns = math.min(columns, width)
  while not whole_row and v.columns > 1 and rows * ceil_div(width, v.columns) < units.threads do v.columns = v.columns // 2 end
  v.blocks = ceil_div(width, v.columns)
  v.oblock = channels
  if v.groups == 1 then
    while rows * v.blocks * (channels // v.oblock) < units.threads and v.oblock % (2 * panel) == 0 and v.oblock >= 128 do
      v.oblock = v.oblock // 2
    end
  end
  v.oblocks = channels // v.oblock
  v.width = v.oblocks > 1 and v.oblock or channels
  v.made = v.width // (v.oblocks > 1 and 1 or v.groups)
end

-- How many images of its position a unit takes: all, unless what its taps read is so much that it is gone from a core's own
-- cache before the units beside it read most of that again (2000 images of 31x31, 64 to 24 channels, took 1.18 times as long).
local function cut_images(v, node, graph, channels)
  local read = #node.taps * channels * layout.bytes "f32" -- bytes of an image
  v.images = graph.batch
  if v.columns == 1 and read * graph.batch > 2 * graph.target.cache then
    v.images = math.max(32, graph.target.cache // 2 // read // 4 * 4)
  end
  v.cuts_images = v.images < graph.batch
end

-- What of a row a unit makes, for the comment above a function: "4 columns of an output row for 64 of the output channels".
local function share(v, side)
  local columns = v.columns == 1 and "one column" or v.columns .. " columns"
  local channels = v.oblocks > 1 and string.format(" for %d of the %s channels", v.oblock, side) or ""
  return string.format("%s of an %s row%s", columns, side, channels)
end

local function cost(node) return node.flop end

-- Products read floats, and write them: what is bf16 they have as such one position at a time (gemm_positions). Where the products of
-- several taps are added, each would round what is there.
local function narrow(node, key)
  return node.attributes.groups == 1 and (key == "x" and node.op ~= "conv_grad_input" or key == "d_out" or #node.taps == 1)
end

-- Floats for that, where `from` and `to` are what it reads and writes, of so many channels.
local function stage(v, graph, from, to, channels, others)
  v.staged = from.type == "bf16" or to.type == "bf16"
  v.stage = v.staged and graph.batch * (channels + others) or 0
end

local function scratch(v) return v.stage end

local name = shared.name "taps"

local forward = {
  op = "conv", template = "kernels/conv_taps_forward.c", cost = cost, algorithm = "taps", name = name, narrow = narrow,
  scratch = scratch,
  optional = { "bias", table.unpack(statistics.keys) }, may_lack = statistics.keys,
}

function forward.values(node, graph)
  local _, output = positions.ends(node)
  local v = shared.values(node)
  cut(v, output.width, output.height, output.channels, graph.target.panel)
  stage(v, graph, node:tensor("x"), node:tensor("out"), v.cg, v.width)
  v.share = share(v, "output")
  v.covered = not node:tensor("bias") and node.taps[1] ~= nil and taps.covers(node.taps[1], output)
  statistics.add_values(v, output.channels, output.height * output.width)
  return v
end

function forward.workspace(node, v) return statistics.workspace(node, v.stat_parts) end

local grad_input = {
  op = "conv_grad_input", template = "kernels/conv_taps_grad_input.c", cost = cost, algorithm = "taps", name = name, narrow = narrow,
  scratch = scratch, may_add = "d_x",
}

function grad_input.values(node, graph)
  local input, output = positions.ends(node)
  local v = shared.values(node)
  cut(v, input.width, input.height, input.channels, graph.target.panel, v.sx ~= 1)
  cut_images(v, node, graph, output.channels)
  v.share = share(v, "input") .. (v.cuts_images and string.format(" of %d images", v.images) or "")
  stage(v, graph, node:tensor("d_out"), node:tensor("d_x"), v.og, v.width)
  v.run = v.staged and "run_with_scratch" or "run"
  local first = node.taps[1]
  v.panels = products.count(graph.target, v.cg)
  v.covered = v.sx == 1 and v.sy == 1 and input.height == output.height and input.width == output.width
    and first ~= nil and taps.covers(first, output) and first.dy == 0 and first.dx == 0
  return v
end

-- The weight, transposed and in panels, made anew for each call.
function grad_input.workspace(node, v, graph)
  return { { key = "turned", dims = { #node.taps, v.groups, products.panels(graph.target, v.og, v.cg) } } }
end

local grad_weight = {
  op = "conv_grad_weight", template = "kernels/conv_taps_grad_weight.c", cost = cost, algorithm = "taps", name = name, narrow = narrow,
  scratch = scratch,
}

-- What a unit sums, for the comment above the function.
local function sums_of(v)
  local rows = v.parts > 1 and string.format("the output rows of one of %d parts", v.parts) or "all output rows"
  local channels = (v.cblocks > 1 or v.shrinks) and string.format(" and %d input channels", v.cblock) or ""
  if v.shrinks then channels = channels .. ", or fewer, so that there are units for all threads" end
  return string.format("%s for %s%s", rows, v.per_unit == 1 and "one tap" or "all taps", channels)
end

-- Small weights: many parts by output rows, all taps in a unit, while the inputs are in cache.
-- Large weights: no parts, a unit for each tap and block of input channels.
function grad_weight.values(node, graph)
  local _, output = positions.ends(node)
  local v = shared.values(node)
  local floats, small = #node.taps * v.groups * v.cg * v.og, graph.target.costs.small_weight
  v.cblock, v.cblocks, v.parts, v.tap_units = v.cg, 1, 1, #node.taps
  if floats <= small then
    v.parts = units.parts(graph, output)
    v.tap_units = 1
    if floats * v.parts > small * 4 then v.parts = math.min(output.height, 4) end
  end
  if v.parts < 8 and #node.taps >= 8 then v.parts, v.tap_units = 1, #node.taps end
  while v.groups == 1 and v.parts * v.tap_units * v.cblocks < 8 and v.cblock % 2 == 0 and v.cblock >= 64 do
    v.cblock, v.cblocks = v.cblock // 2, v.cblocks * 2
  end
  v.shrinks = v.groups == 1 and units.shrink(graph.target, v.parts * v.tap_units * v.cblocks, v.cblock)
  v.channels_added = v.shrinks and "`channels` input channels from c on" or "input channels from c on"
  v.least_channels = units.least_channels
  v.per_unit = #node.taps // v.tap_units
  v.columns = math.min(output.width, v.cg <= 64 and 1 or 2)
  if v.tap_units > 1 then v.columns = output.width end
  units.add_pieces(v, floats)
  stage(v, graph, node:tensor("x"), node:tensor("d_out"), v.cblock, v.og)
  v.share = sums_of(v)
  v.afterwards = v.parts > 1 and " The parts are added up afterwards." or ""
  return v
end

function grad_weight.workspace(node, v)
  if v.parts == 1 then return {} end
  return { { key = "workspace", dims = { v.parts, #node.taps, v.groups, v.cg, v.og } } }
end

return { forward, grad_input, grad_weight }

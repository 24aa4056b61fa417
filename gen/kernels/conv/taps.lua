-- Convolution as one matrix product a tap: with images beside each other in memory, the inputs that a
-- tap reads for a run of output columns are a matrix already, so nothing is lowered or copied, and a
-- (tap, output) pair that meets padding simply isn't computed. Of one tap, as 1x1 convolutions have, there is a twin whose products are
-- of bf16, two channels, or for a weight's gradient two images, in the place of a float (templates/vectors/pairs.h).
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

-- Where units are few, they take fewer images the more threads there are (share_of_unit in base.h): rows of a product are each by itself.
local function share_images(v, node, graph, count)
  v.least_images = units.least(graph.batch, 8, math.max(1, node.flop // 2 // (graph.batch * count)))
  v.shares_images = units.shares(graph.target, count) and graph.batch > v.least_images
  if v.shares_images then v.images = ceil_div(graph.batch, v.least_images) * v.least_images end
end

-- How many images of its position a unit takes: all, unless what its taps read is so much that it is gone from a core's own
-- cache before the units beside it read most of that again (2000 images of 31x31, 64 to 24 channels, took 1.18 times as long).
local function cut_images(v, node, graph, channels)
  local read = #node.taps * channels * layout.bytes "f32" -- bytes of an image
  v.images = graph.batch
  if v.columns == 1 and read * graph.batch > 2 * graph.target.cache then
    v.images = math.max(32, graph.target.cache // 2 // read // 4 * 4)
  end
  v.cuts_images, v.shares_images = v.images < graph.batch, false
  if not v.cuts_images then share_images(v, node, graph, node:tensor("d_x").shape.height * v.blocks * v.oblocks) end
end

-- The same in words, for the comment above the function.
local function of_images(v)
  if v.shares_images then return ", of fewer images where there are more threads than such units" end
  return v.cuts_images and string.format(" of %d images", v.images) or ""
end

-- What of a row a unit makes, for the comment above a function: "4 columns of an output row for 64 of the output channels".
local function share(v, side)
  local columns = v.columns == 1 and "one column" or v.columns .. " columns"
  local channels = v.oblocks > 1 and string.format(" for %d of the %s channels", v.oblock, side) or ""
  return string.format("%s of an %s row%s", columns, side, channels)
end

-- Products read floats, and write them: what is bf16 they have as such one position at a time (gemm_positions). Where the products of
-- several taps are added, each would round what is there.
local function narrow(node, key)
  return node.attributes.groups == 1 and (key == "x" and node.op ~= "conv_grad_input" or key == "d_out" or #node.taps == 1)
end

-- What the twin multiplies is of one tap, and makes pairs.
local function makes_pairs(node, target)
  return target.precision ~= "float32" and not target.blas and node.attributes.groups == 1 and #node.taps == 1 and shared.are_pairs(node)
end

-- What is summed over, `summed` channels of `from`, and `others` of `to`; floats where a position of either is staged.
local function stage(v, node, graph, is_narrow, from, to, summed, others)
  v.is_narrow, v.of_pairs = is_narrow, is_narrow and "_of_pairs" or ""
  v.k = is_narrow and summed // 2 or summed
  v.summed = is_narrow and string.format("%d pairs of bf16", v.k) or tostring(summed)
  v.place = is_narrow and node.taps[1].place or 0
  v.staged = is_narrow or from.type == "bf16" or to.type == "bf16"
  v.stage = v.staged and graph.batch * (summed + others) or 0
end

local function forward_values(node, graph, is_narrow)
  local _, output = positions.ends(node)
  local v = shared.values(node)
  cut(v, output.width, output.height, output.channels, graph.target.panel)
  stage(v, node, graph, is_narrow, node:tensor("x"), node:tensor("out"), v.cg, v.width)
  v.images = graph.batch
  share_images(v, node, graph, output.height * v.blocks * v.oblocks)
  v.share = share(v, "output") .. (v.shares_images and of_images(v) or ", over all images")
  v.starts = shared.starts(node)
  v.covered = (v.starts or not node:tensor("bias")) and node.taps[1] ~= nil and taps.covers(node.taps[1], output)
  statistics.add_values(v, output.channels, output.height * output.width)
  statistics.add_pieces(v, node, graph)
  if v.staged and v.shares_images then v.stage = math.max(v.stage, graph.batch * v.piece) end
  return v
end

local function forward_workspace(node, v)
  local list = statistics.workspace(node, v.stat_parts)
  if v.is_narrow then list[#list + 1] = { key = "kernel", dims = { v.k, v.og } } end
  return list
end

local function grad_input_values(node, graph, is_narrow)
  local input, output = positions.ends(node)
  local v = shared.values(node)
  cut(v, input.width, input.height, input.channels, graph.target.panel, v.sx ~= 1)
  cut_images(v, node, graph, output.channels)
  v.share = share(v, "input") .. of_images(v)
  stage(v, node, graph, is_narrow, node:tensor("d_out"), node:tensor("d_x"), v.og, v.width)
  v.run = v.staged and "run_with_scratch" or "run"
  local first = node.taps[1]
  products.add_turn(v, graph.target, v.k, v.cg, #node.taps, is_narrow)
  v.covered = v.sx == 1 and v.sy == 1 and input.height == output.height and input.width == output.width
    and first ~= nil and taps.covers(first, output) and first.dy == 0 and first.dx == 0
  return v
end

-- The weight, transposed and in panels, made anew for each call.
local function grad_input_workspace(node, v, graph)
  local list = { { key = "turned", dims = { #node.taps, v.groups, products.panels(graph.target, v.k, v.cg) } } }
  if v.is_narrow then list[2] = { key = "narrow", dims = { v.cg, v.k } } end
  return list
end

-- What a unit sums, for the comment above the function.
local function sums_of(v)
  local rows = v.parts > 1 and string.format("the output rows of one of %d parts", v.parts) or "all output rows"
  local channels = (v.cblocks > 1 or v.shrinks) and string.format(" and %d input channels", v.cblock) or ""
  if v.shrinks then channels = channels .. ", or fewer, so that there are units for all threads" end
  return string.format("%s for %s%s", rows, v.per_unit == 1 and "one tap" or "all taps", channels)
end

-- Input channels of the smallest unit: rows of a product, and of a tile.
local least_channels = 4

-- Small weights: many parts by output rows, all taps in a unit, while the inputs are in cache.
-- Large weights: no parts, a unit for each tap and block of input channels.
local function grad_weight_values(node, graph, is_narrow)
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
  v.least_channels = least_channels
  v.shrinks = v.groups == 1 and units.shrink(graph.target, v.parts * v.tap_units * v.cblocks, v.cblock, v.least_channels)
  v.channels_added = v.shrinks and "`channels` input channels from c on" or "input channels from c on"
  v.per_unit = #node.taps // v.tap_units
  v.columns = math.min(output.width, v.cg <= 64 and 1 or 2)
  if v.tap_units > 1 then v.columns = output.width end
  units.add_pieces(v, floats)
  stage(v, node, graph, is_narrow, node:tensor("x"), node:tensor("d_out"), v.cblock, v.og)
  v.share = sums_of(v)
  v.afterwards = v.parts > 1 and " The parts are added up afterwards." or ""
  return v
end

local function grad_weight_workspace(node, v)
  if v.parts == 1 then return {} end
  return { { key = "workspace", dims = { v.parts, #node.taps, v.groups, v.cg, v.og } } }
end

-- One of them, and the twin, which is_narrow.
local function kernel(op, template, is_narrow, values, workspace, more)
  more.op, more.template, more.narrow, more.workspace = op, template, narrow, workspace
  more.algorithm = is_narrow and "taps_bf16" or "taps"
  more.name = shared.name(more.algorithm)
  more.takes = is_narrow and makes_pairs or nil
  function more.cost(node) return is_narrow and node.flop // 2 or node.flop end
  function more.scratch(v) return v.stage end
  function more.values(node, graph) return values(node, graph, is_narrow) end
  return more
end

local algorithms = {}
for i = 0, 1 do
  local is_narrow = i == 1
  algorithms[3 * i + 1] = kernel("conv", "kernels/conv_taps_forward.c", is_narrow, forward_values, forward_workspace,
    { optional = { "bias", table.unpack(statistics.keys) }, may_lack = statistics.keys })
  algorithms[3 * i + 2] = kernel("conv_grad_input", "kernels/conv_taps_grad_input.c", is_narrow, grad_input_values,
    grad_input_workspace, { may_add = "d_x" })
  algorithms[3 * i + 3] = kernel("conv_grad_weight", "kernels/conv_taps_grad_weight.c", is_narrow, grad_weight_values,
    grad_weight_workspace, {})
end
return algorithms

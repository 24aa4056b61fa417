-- Convolution with few channels a group, without matrix products: a tile of outputs beside each other takes the inputs
-- of its window one by one, each once for all outputs and taps that read it, LANES output channels at a time. The
-- gradient of the input is the same, from d_out, with the taps looked at from the other side. depthwise.lua and
-- grouped.lua say which convolutions take it.
local layout = require "layout"
local positions = require "kernels.positions"
local shared = require "kernels.conv.shared"
local statistics = require "kernels.statistics"
local store = require "kernels.store"
local units = require "kernels.units"

local window = {}

-- The columns of a tile: what stays in registers, LANES channels wide, while the window passes.
local function columns_of(width, stride, most) return math.min(most // stride * stride, -(-width // stride) * stride) end

-- The window of a tile of outputs on a row whose number is `phase` modulo the stride, as { y, x, uses } in the order of
-- rows, y and x being those of an input beside the tile's own, and uses { {column, tap's place}, ... }.
-- source(tap, column) says where a tap of that column reads, nil: nowhere.
local function window_of(taps, columns, source)
  local by_place, list = {}, {}
  for column = 0, columns - 1 do
    for _, tap in ipairs(taps) do
      local y, x = source(tap, column)
      if y then
        local key = y .. "," .. x
        if not by_place[key] then
          by_place[key] = { y = y, x = x, uses = {} }
          list[#list + 1] = by_place[key]
        end
        table.insert(by_place[key].uses, { column = column, place = tap.place })
      end
    end
  end
  table.sort(list, function(a, b) return a.y < b.y or a.y == b.y and a.x < b.x end)
  for _, input in ipairs(list) do
    table.sort(input.uses, function(a, b)
      return a.column < b.column or a.column == b.column and a.place < b.place
    end)
  end
  return list
end

-- By what of an output's row the windows differ: { window of rows 0 modulo the stride, of rows 1 ... }.
local function forward_windows(v, taps)
  return { window_of(taps, v.columns, function(tap, column) return tap.dy, column * v.sx + tap.dx end) }
end

local function backward_windows(v, taps)
  local list = {}
  for phase = 0, v.sy - 1 do
    list[phase + 1] = window_of(taps, v.columns, function(tap, column)
      if (phase - tap.dy) % v.sy ~= 0 or (column - tap.dx) % v.sx ~= 0 then return end
      return (phase - tap.dy) // v.sy, (column - tap.dx) // v.sx
    end)
  end
  return list
end

-- How a vector of output channels, from `first` on, reads the k-th inputs of its groups: "one" for all lanes, "as they
-- are", a "row" of at most LANES in an order, or "gathered" ones. The first of them is that of first's group, `span` how
-- many lie from there on, `order` which of them each lane takes. part: lanes, where that is not all.
local function operand(first, v, width)
  local base, order, span = first // v.to_group * v.from_group, {}, 1
  for lane = 0, width - 1 do
    local source = math.min(first + lane, v.to_channels - 1) // v.to_group * v.from_group - base
    order[lane + 1], span = source, math.max(span, source + 1)
  end
  local kind = "gathered"
  if span == 1 then
    kind = "one"
  elseif v.from_group == 1 and v.to_group == 1 then
    kind = "as they are"
  elseif span <= width then
    kind = "row"
  end
  return { first = first, count = 1, part = math.min(width, v.to_channels - first), order = order, span = span, kind = kind }
end

-- The vectors of all output channels in runs of `count` that read alike.
local function vectors_of(v, width)
  local list = {}
  for first = 0, v.to_channels - 1, width do
    local new, last = operand(first, v, width), list[#list]
    if last and last.kind == new.kind and last.part == new.part and table.concat(last.order, " ") == table.concat(new.order, " ") then
      last.count = last.count + 1
    else
      list[#list + 1] = new
    end
  end
  return list
end

-- Units of some rows of some images, for so many multiply-adds. The rows of a window shall stay in a core's cache from one output row to
-- the next; units that are cut by rows read a window's rows twice.
local function cut(v, shape, rows_of_window, graph, products)
  local bytes = layout.bytes "f32" * shape.width * math.max(v.from_channels, v.to_channels) * (rows_of_window + 1)
  v.images = math.max(1, math.min(graph.batch, graph.target.cache // 2 // bytes))
  v.rows = shape.height
  local function is_enough()
    v.iblocks, v.rblocks = -(-graph.batch // v.images), -(-shape.height // v.rows)
    v.units = v.iblocks * v.rblocks
    return units.enough_to_stream(v.units, shape.height * shape.width * v.to_channels * graph.batch)
      and units.enough_to_multiply(v.units, products)
  end
  while not is_enough() and v.rows >= 8 do v.rows = -(-v.rows // 2) end
  while not is_enough() and v.images > 1 do v.images = -(-v.images // 2) end
  while not is_enough() and v.rows > 1 do v.rows = -(-v.rows // 2) end
  is_enough()
end

-- A unit of a weight's gradient sums one of the parts, which are as many as blocks of rows and images, unless their memory would be too
-- large; where a program has more threads, for fewer inputs of each group. Afterwards a unit adds up what they have for some channels of
-- a tap and an input.
local function cut_parts(v, graph)
  v.parts = units.bounded_parts(v.units, v.floats)
  v.shares_inputs = units.shares(graph.target, v.parts) and v.cg > 1
  v.of_part = v.parts == v.units and string.format("%d rows of %d images", v.rows, v.images) or string.format("one of %d parts", v.parts)
  if v.shares_inputs then v.of_part = v.of_part .. ", for fewer inputs of each group where there are more threads than such units" end
  v.piece = units.sum_channels(graph.target, v.n_taps * v.cg, v.parts, v.to_channels)
  v.pieces = -(-v.to_channels // v.piece)
end

local function rows_of(taps)
  local first, last = taps[1].dy, taps[1].dy
  for _, tap in ipairs(taps) do first, last = math.min(first, tap.dy), math.max(last, tap.dy) end
  return last - first + 1
end

-- Whether vectors begin where groups do, or groups where vectors do.
local function divides(width, channels) return width % channels == 0 or channels % width == 0 end

-- The windows as templates have them: what their functions' names end in, their inputs, and a tile for each run of vectors.
-- A tile's kind, and how far a vector reaches where that is not all lanes, say which functions of vectors.h it takes.
local function phases_of(v)
  local list, windows, vectors, width = {}, v.windows, v.vectors, v.lanes
  for number, inputs in ipairs(windows) do
    local suffix, tiles = #windows > 1 and "_" .. number - 1 or "", {}
    for i, vector in ipairs(vectors) do
      tiles[i] = {
        suffix = suffix .. (#vectors > 1 and "_" .. i or ""), first = vector.first, count = vector.count,
        last = math.min(vector.first + vector.count * width, v.to_channels) - 1,
        kind = vector.kind, part = vector.part, is_part = vector.part < width, span = vector.span, is_short = vector.span < width,
        is_ordered = #inputs > 0 and (vector.kind == "row" or vector.kind == "gathered"), order = table.concat(vector.order, ", "),
      }
    end
    for _, input in ipairs(inputs) do
      for _, use in ipairs(input.uses) do use.weight = use.place * v.from_group * v.to_channels end
    end
    list[number] = { number = number - 1, suffix = suffix, inputs = inputs, tiles = tiles }
  end
  return list
end

local function most_inputs(windows)
  local most = 1
  for _, inputs in ipairs(windows) do most = math.max(most, #inputs) end
  return most
end

-- Puts these in the place of what they are made of.
local function finish(v)
  v.phases, v.most, v.windows, v.vectors = phases_of(v), most_inputs(v.windows), nil, nil
end

-- What all need of a convolution: few taps, for each has lines of its own.
function window.takes(node, target)
  local input, output = positions.ends(node)
  local groups, width = node.attributes.groups, target.lanes
  return groups > 1 and #node.taps > 0 and #node.taps <= 32 and divides(width, input.channels // groups)
    and divides(width, output.channels // groups)
end

-- What all directions tell their templates; taps are in the windows.
local function values_of(node)
  local v = shared.values(node)
  v.taps, v.n_taps = nil, #node.taps
  return v
end

-- `most`: columns of a tile at most. takes(node, target) and cost(node, target) as kernels have them.
function window.kernels(name, most, takes, cost)
  local function same_way(op, is_backward)
    local is_fixed = op == "conv_fixed"
    return {
      op = op, template = "kernels/conv_window.c", algorithm = name, cost = cost, stores = is_fixed and { functions = true } or nil,
      parts = is_fixed and { "functions.h" } or nil,
      takes = is_fixed and function(node, target) return not node:tensor("residual") and takes(node, target) end or takes,
      name = is_fixed and function(node) return shared.name(name)(node) .. store.suffix(node) end or shared.name(name),
      optional = { "bias", table.unpack(statistics.keys) }, may_lack = statistics.keys, may_add = is_backward and "d_x" or nil,
      values = function(node, graph)
        local input, output = positions.ends(node)
        local from, to = input, output
        if is_backward then from, to = output, input end
        local v = values_of(node)
        v.has_store, v.product = false, "convolution"
        if is_fixed then store.values(node, v) end
        v.lanes = graph.target.lanes
        v.from, v.to = is_backward and "d_out" or "x", is_backward and "d_x" or "out"
        v.from_group, v.to_group = v.cg, v.og
        if is_backward then v.from_group, v.to_group = v.og, v.cg end
        v.from_height, v.from_width, v.from_channels = from.height, from.width, from.channels
        v.height, v.width, v.to_channels = to.height, to.width, to.channels
        v.is_backward = is_backward
        v.columns = columns_of(to.width, is_backward and v.sx or 1, math.max(most, is_backward and v.sx or 1))
        v.windows = is_backward and backward_windows(v, node.taps) or forward_windows(v, node.taps)
        v.vectors = vectors_of(v, v.lanes)
        v.is_cut_off = to.width % v.columns ~= 0
        cut(v, to, rows_of(node.taps), graph, graph.target.threads and node.flop // 2 or 0)
        v.outside = v.images * v.from_channels
        v.turned = is_backward and v.og > 1 or v.cg > 1
        v.turn_groups = -(-v.groups // units.slices(graph.target, v.n_taps, v.groups, v.from_group * v.to_channels))
        v.turn_pieces = -(-v.groups // v.turn_groups)
        statistics.add_values(v, v.to_channels, to.height * to.width)
        statistics.add_pieces(v, node, graph)
        finish(v)
        return v
      end,
      workspace = function(node, v)
        local list = statistics.workspace(node, v.stat_parts)
        if v.turned then list[#list + 1] = { key = "turned", dims = { v.n_taps, v.from_group, v.to_channels } } end
        return list
      end,
      scratch = function(v) return v.is_cut_off and v.images * v.to_channels or 0 end,
    }
  end
  local grad_weight = {
    op = "conv_grad_weight", template = "kernels/conv_window_grad_weight.c", takes = takes, cost = cost,
    algorithm = name, name = shared.name(name),
    values = function(node, graph)
      local input, output = positions.ends(node)
      local v = values_of(node)
      v.lanes, v.from_group, v.to_group = graph.target.lanes, v.cg, v.og
      v.from_height, v.from_width, v.from_channels = input.height, input.width, input.channels
      v.height, v.width, v.to_channels = output.height, output.width, output.channels
      v.columns = columns_of(output.width, 1, 4)
      v.windows = forward_windows(v, node.taps)
      v.vectors = vectors_of(v, v.lanes)
      v.is_cut_off = output.width % v.columns ~= 0
      cut(v, output, rows_of(node.taps), graph, 0)
      v.floats = v.n_taps * v.cg * v.to_channels
      cut_parts(v, graph)
      v.outside = v.images * math.max(v.from_channels, v.to_channels)
      finish(v)
      return v
    end,
    workspace = function(_, v)
      return { { key = "workspace", dims = { v.parts, v.n_taps, v.cg, v.to_channels } } }
    end,
    scratch = function(v) return v.to_channels end,
  }
  return { same_way("conv", false), same_way("conv_grad_input", true), grad_weight, fixed = same_way("conv_fixed", false) }
end

return window

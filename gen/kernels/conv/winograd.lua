-- Convolution of 3x3 and 5x5 taps by bilinear algorithms of each dimension (gen/bilinear.lua), in all three directions: tiles of
-- m x m outputs take n x n products in place of r r m m, of r taps a side. f2 is F(2x2, 3x3), 16 products for 36; f4 F(4x4, 3x3), 36
-- for 144; f2r5 F(2x2, 5x5), 36 for 100; p4 is for stride 2, by phases, 81 for 144; t2 and t3 are for images of 2x2, 9 for the 16 that
-- meet no padding, and of 3x3, 16 for 49. Transforms, products, transform back: for the images of one tile at a time, mostly in a core's
-- own cache. Of each there is a twin, such as f2_bf16, whose products are of bf16, two channels, or for a weight's gradient two images, in
-- the place of a float (templates/vectors/pairs.h); all else that is summed is float there, too.
local bilinear = require "bilinear"
local layout = require "layout"
local positions = require "kernels.positions"
local products = require "kernels.products"
local shared = require "kernels.conv.shared"
local statistics = require "kernels.statistics"
local units = require "kernels.units"

local float_bytes = layout.bytes "f32"

local function is_pair(list, value) return list[1] == value and list[2] == value end

local function tiles_of(shape, form) return -(-shape.height // form.m) * -(-shape.width // form.m) end

local function taps_of(form) return form.r * form.r end

-- By the form's name: { stride, padding and size of images that it wants, form of the gradient of the input if that is another,
-- whether its constants are so large that only bf16_4x4 has products of bf16 }.
local forms = {
  f2 = { stride = 1 }, f4 = { stride = 1, is_coarse = true }, f2r5 = { stride = 1, is_coarse = true },
  t2 = { stride = 1, padding = 1, size = 2 }, t3 = { stride = 1, padding = 1, size = 3 },
  p4 = { stride = 2, padding = 1, back = "p4_back" },
}

-- The largest divisor of so many channels up to `most` that is a multiple of `step`; nil: none.
local function divisor(channels, most, step)
  local size = math.min(channels, most) // step * step
  while size > 0 and channels % size ~= 0 do size = size - step end
  return size > 0 and size or nil
end

-- A block of up to `most` channels, vectors if the channels are. nil: they are less than a vector, or have no such divisor.
local function block(target, channels, most)
  local size = divisor(channels, most, channels % target.lanes == 0 and target.lanes or 1)
  return size and size >= target.lanes and size or nil
end

-- Input channels of the smallest unit: vectors, as V lies, and as many as are transformed at once.
local function least_channels(target) return math.max(units.least_channels, target.line * target.lanes) end

-- Parts of the tiles that units sum, for so many blocks of channels.
local function parts_of(target, tiles, blocks)
  return math.min(tiles, -(-(target.threads and units.threads or 16) // blocks))
end

-- The blocks of inputs and outputs of which a unit of a weight's gradient sums the products: up to 64 by 64, or 128 by 128, whole panels,
-- where transforms are much of the work, 36 places and more. Each value is transformed for half as many blocks then, which gains more
-- than it loses that the sums don't stay in a core's own cache (Zen 5, 128 channels on 16x16 images, one thread: 17.7 ms and 13.9;
-- f2_bf16, of 16 places, two threads: 6.4 and 7.8). But not where fewer than 8 units for threads come of it, or too few that can't be
-- made smaller.
local function blocks(target, form, tiles, inputs, outputs)
  local c, o = block(target, inputs, 64), block(target, outputs, 64)
  local large_c, large_o = block(target, inputs, 128), divisor(outputs, 128, target.panel)
  if form.n < 6 or not large_o or large_o < o then return c, o end
  local count = inputs // large_c * (outputs // large_o)
  count = count * parts_of(target, tiles, count)
  local shrinks = units.shrink(target, count, large_c, least_channels(target))
  local enough = not target.threads or count >= units.threads or count >= 8 and shrinks
  if not enough then return c, o end
  return large_c, large_o
end

-- Whether products of bf16 may do it.
local function may_be_narrow(node, target, form_name)
  return shared.are_pairs(node) and (target.precision == "bf16_4x4" or target.precision == "bf16" and not forms[form_name].is_coarse)
end

local function takes(form_name, is_narrow)
  local wanted, form = forms[form_name], bilinear[form_name]
  return function(node, target)
    local a = node.attributes
    local input, output = positions.ends(node)
    if is_narrow and not may_be_narrow(node, target, form_name) then return false end
    return not target.blas and not target.exact and is_pair(a.kernel, form.r) and is_pair(a.stride, wanted.stride)
      and a.groups == 1 and #a.padding == 2 and (not wanted.padding or is_pair(a.padding, wanted.padding))
      and (not wanted.size or input.height == wanted.size and input.width == wanted.size) and is_pair(a.dilation, 1)
      and not node:tensor("bias") and #node.taps == taps_of(form)
      and block(target, input.channels, 64) and block(target, output.channels, 64)
  end
end

-- Tiles of all images of a step; the outputs are those of the convolution that the algorithm does.
local function tiles_of_step(node, form)
  local input, output = positions.ends(node)
  local images = node.flop_unpruned // (2 * taps_of(form) * output.height * output.width * input.channels * output.channels)
  return images * tiles_of(node:tensor("d_x") and input or output, form)
end

-- Of the products.
local function flop(form)
  return function(node)
    local input, output = positions.ends(node)
    return 2 * tiles_of_step(node, form) * form.n * form.n * input.channels * output.channels
  end
end

-- What transforms ask for a value, in products. To bf16 half: V, U and dM take half the room in a core's cache; and f2's, of 4
-- operations a line for f4's 14, half of that beside f4's of floats, which weights' gradients in bf16 may have (Zen 5, two threads,
-- 16x16x128: f2_bf16 6.2 ms, f4 8.2).
local function transform_cost(target, form, is_narrow, is_of_weight)
  if not is_narrow then return target.costs.transform end
  local is_beside_f4 = is_of_weight and form == bilinear.f2 and target.precision == "bf16"
  return target.costs.transform // (is_beside_f4 and 4 or 2)
end

-- In products' time, of which two of bf16 take that of one: transforms move each value of V and M once more, a weight's
-- gradient for each block of the other channels, and make the kernel's anew.
local function cost(form, is_narrow, is_of_weight)
  return function(node, target)
    local halves = is_narrow and 2 or 1
    local transform = transform_cost(target, form, is_narrow, is_of_weight)
    local input, output = positions.ends(node)
    local moved = input.channels + output.channels
    if is_of_weight then
      local c, o = blocks(target, form, tiles_of(output, form), input.channels, output.channels)
      moved = input.channels * (output.channels // o) + output.channels * (input.channels // c)
    end
    return flop(form)(node) // halves + transform * form.n * form.n * tiles_of_step(node, form) * moved
      + transform // 2 * form.kernels * form.kernels * input.channels * output.channels
  end
end

-- Whether U itself is so large that it doesn't stay in a core's own cache from one unit to the next.
local function is_large(target, kernel_floats) return kernel_floats * float_bytes > 4 * target.cache end

-- Images of a tile that a unit transforms at once. V and M, or dM, side by side would fill half of a core's own cache with them, if that
-- is not too few: fewer leave the multiplier idle, and where U is large it is read anew for each unit, so 64 pay (measured: 32 or 64
-- rather than 16 make 512 channels 1.25 and 1.55 times as fast on a Xeon of 2023).
local function rows(target, places, channels, images, kernel_floats)
  local fit = target.cache // 2 // (float_bytes * places * channels) // 4 * 4
  local least = is_large(target, kernel_floats) and 64 or 32
  if places > 36 then least = least // 2 end
  return math.min(images, math.max(least, math.min(64, fit)))
end

-- Images of a slice, below, for each tile: of 128, a common batch, there is one for each thread.
local images_of_slice = 128 // units.threads

-- How the work is cut into units, for `tiles` tiles and c -> o channels:
--   slice  images of a tile that are transformed and taken into statistics together: few enough for units for many threads, and
--          whatever the batch is, so that as many images give the same bits in any
--   rows   images of a tile that a unit multiplies at once, whole slices; where there are more threads than such units, fewer; where V
--          and M lie apart, all images of all tiles
--   apart  V and M are in memory, as a whole, and transforms and products are units of their own: where U is so much larger
--          that reading it once counts most (512 channels on 4x4 images; 256 on 8x8 are 1.2 times as fast the other way, on a
--          Xeon of 2023)
-- c counts pairs where these are what is multiplied.
local function cut(target, tiles, batch, form, c, o)
  local panel, kernel = products.width(target, o), form.kernels * form.kernels * c * o
  local most = rows(target, form.n * form.n, c + o, batch, kernel)
  local slice = target.threads and math.min(most, images_of_slice * tiles) or most
  return {
    slice = slice, rows = -(-most // slice) * slice,
    apart = o % panel == 0 and o % target.lanes == 0 and is_large(target, kernel)
      and 2 * kernel > form.n * form.n * tiles * batch * (c + o),
  }
end

-- How often it loads a value of x, if it can apply a batch norm as it does: a vector is then of as many channels of one image. A
-- weight's gradient loads x for each block of outputs. What is so small that V and M lie apart is not worth one more argument.
local function loads(form, is_narrow)
  return function(node, key, target)
    if key ~= "x" or node:tensor("x").shape.channels % target.lanes ~= 0 then return false end
    local x, out = node:tensor("x"), node:tensor("out")
    if not out then
      local shape = node:tensor("d_out").shape
      local _, o = blocks(target, form, tiles_of(shape, form), x.shape.channels, shape.channels)
      return shape.channels // o
    end
    local c, batch = x.shape.channels // (is_narrow and 2 or 1), x.count // (x.shape.height * x.shape.width * x.shape.channels)
    return not cut(target, tiles_of(out.shape, form), batch, form, c, out.shape.channels).apart and 1
  end
end

-- Vectors of so many channels that a transform takes at once, and how many floats that is: whole lines of memory, where the channels
-- are and, if they are cut into shorter runs, these are. A line's other half is gone from the nearest cache when it is read by itself:
-- most of a tile's lie a power of two apart (kernels/README.md has what that gains).
local function lines(target, channels, run)
  local floats = target.line * target.lanes
  if channels % floats ~= 0 or run and run % floats ~= 0 then return "1", "LANES" end
  return "LINE", "LINE * LANES"
end

-- Whether to write so many bytes past the caches: they are gone from a core's own one before they are read again.
local function goes_past(target, bytes, caches) return bytes > caches * target.cache end

local function common(node, form_name, size, is_narrow)
  local form = bilinear[form_name]
  local v = {
    form = form_name, m = form.m, r = form.r, n_places = form.n * form.n, side = form.n, inputs = form.inputs, from_step = form.step,
    kernels = form.kernels, n_kernels = form.kernels * form.kernels,
    height = size.height, width = size.width, tiles_y = -(-size.height // form.m), tiles_x = -(-size.width // form.m),
    pad_y = node.attributes.padding[1] - form.inside, pad_x = node.attributes.padding[2] - form.inside,
    shares = form.kernels < form.n, shared_kernels = "", is_narrow = is_narrow or false,
    product = is_narrow and "gemm_of_pairs" or "gemm",
  }
  if v.shares then v.shared_kernels = "; the last of each side is for several places" end
  v.tiles = v.tiles_y * v.tiles_x
  v.cut_off = size.height % form.m ~= 0 or size.width % form.m ~= 0
  return v
end

-- Where U is, which a large one is not as a whole: a unit of products makes a row of its places for a block of outputs, of as many
-- inputs at once as fill half of a core's own cache.
local function add_kernel(v, target)
  v.block = v.apart and divisor(v.o, math.max(64, v.panel), v.panel) or v.o
  v.depth = v.apart and divisor(v.k, math.max(1, target.cache // 2 // (float_bytes * v.kernels * v.block)), 1) or v.k
  v.oblocks, v.step = v.o // v.block, products.panels(target, v.depth, v.block) + 16 -- places would meet in few sets of the cache, too
  v.streams_kernel = not v.apart and not v.part and goes_past(target, float_bytes * v.n_kernels * v.step, 16)
  v.inputs_of_u, v.sum_beta = v.is_narrow and "pairs of inputs" or "inputs", v.depth < v.k and "begin > 0" or "0"
end

-- So many floats and what is left of a cache's line: what lies behind them is as aligned as they are, as what is streamed must be.
local function whole_lines(floats) return -(-floats // 16) * 16 end

-- Where V and M are, and what a unit does, in words.
local function add_units(v, graph, work)
  v.slice, v.rows = work.slice, work.rows
  v.slots = -(-graph.batch // v.slice)
  v.least_rows = 4 -- of an apart unit, for which it makes as much of U as for all
  v.most_rows = -(-graph.batch // v.least_rows) * v.least_rows
  v.images = v.apart and v.tiles * graph.batch or v.rows
  v.v_step, v.m_step = whole_lines(v.images * v.k) + 16, whole_lines(v.images * v.o) + 16
  if v.apart then -- V and M of a place side by side
    v.v_place, v.m_place = v.v_step + v.m_step, v.v_step + v.m_step
  else -- place j of M ends before place j of V, which is multiplied then, and all of V lies at the end
    v.v_place, v.m_place = v.v_step, v.m_step
    v.room = v.n_places * math.max(v.v_step, v.m_step) + math.min(v.v_step, v.m_step)
    v.first_v = v.room - v.n_places * v.v_step
  end
  v.outside = (v.apart and v.slice or v.rows) * v.c
  v.shrinks = not v.apart and v.rows > v.slice
  v.share = string.format("A unit is %d images of one of %d x %d tiles%s.", v.rows, v.tiles_y, v.tiles_x,
    v.shrinks and ", or fewer, so that there are units for all threads" or "")
  if v.apart then
    v.share = string.format("All V first, then all products, then the outputs. U, which is large, is never there as a whole: a unit of "
      .. "products makes a row of its places for %d outputs, of %d %s at once.", v.block, v.depth, v.inputs_of_u)
  end
end

-- What not all nodes have: a batch norm behind them, or one that they apply.
local may_lack = { "statistics", "partial", "factors" }

local function algorithm_of(form_name, is_narrow) return form_name .. (is_narrow and "_bf16" or "") end

local function same_way(name, op, turned, is_narrow)
  local form_name = turned and forms[name].back or name
  local form, stride = bilinear[form_name], forms[name].stride
  return {
    op = op, template = "kernels/conv_winograd.c", takes = takes(name, is_narrow), cost = cost(form, is_narrow),
    flop = flop(form), algorithm = algorithm_of(name, is_narrow), name = shared.name(algorithm_of(name, is_narrow)),
    optional = may_lack, may_lack = may_lack,
    parts = not turned and { "tile_statistics.h" } or nil,
    may_add = turned and "d_x" or nil, narrow = true, loads = not turned and loads(form, is_narrow) or nil,
    values = function(node, graph)
      local input, output = positions.ends(node)
      local from, to = input, output
      if turned then from, to = output, input end
      local v = common(node, form_name, to, is_narrow)
      v.from_height, v.from_width = from.height, from.width
      -- A gradient by phases begins with the padding's second half, which is none where the padding is 1.
      if turned then
        local padding = node.attributes.padding
        v.pad_y, v.pad_x = (form.r - 1 - padding[1]) // stride - form.inside, (form.r - 1 - padding[2]) // stride - form.inside
      end
      v.what = string.format("%dx%d convolution", form.r, form.r)
      if stride > 1 then v.what = (turned and "gradient of a " or "") .. v.what .. " of stride 2" end
      v.direct = taps_of(form) * v.m * v.m // (turned and stride * stride or 1)
      v.from, v.to = turned and "d_out" or "x", turned and "d_x" or "out"
      v.transforms = { "input", "output", "kernel" }
      v.turned, v.panel = turned, products.width(graph.target, to.channels)
      v.c, v.o = from.channels, to.channels
      v.k, v.stored = is_narrow and v.c // 2 or v.c, is_narrow and "halves" or "floats"
      v.per_value = is_narrow and " / 2" or ""
      v.sum_of = is_narrow and string.format("%d pairs of bf16", v.k) or tostring(v.c)
      v.overlap, v.part = v.c % graph.target.lanes ~= 0, v.o % graph.target.lanes ~= 0
      v.from_vectors, v.from_floats = lines(graph.target, v.c)
      v.to_vectors, v.to_floats = lines(graph.target, v.o)
      v.taken = v.part and "width" or "LANES" -- channels of a vector that are there
      v.streams = not v.part and goes_past(graph.target, node:tensor(v.to).bytes, 4)
      v.with = turned and ", with the kernel turned round and transposed" or ""
      v.read = { input = node:tensor(v.from).type }
      local work = cut(graph.target, v.tiles, graph.batch, form, v.k, v.o)
      v.apart = work.apart
      add_kernel(v, graph.target)
      add_units(v, graph, work)
      statistics.add_values(v, v.o, v.tiles * v.slots, true)
      return v
    end,
    workspace = function(node, v)
      local list = statistics.workspace(node, v.stat_parts, true)
      if not v.apart then list[#list + 1] = { key = "kernel", dims = { v.n_kernels, v.step } } end
      if turned then list[#list + 1] = { key = "turned", dims = { taps_of(form), v.c, v.o } } end
      if v.apart then
        list[#list + 1] = { key = "transformed", dims = { v.n_places, v.v_step + v.m_step } }
      end
      return list
    end,
    scratch = function(v)
      return (v.apart and v.kernels * v.step or v.room) + (v.cut_off and v.slice * v.o or 0)
    end,
  }
end

-- How V or dM lies for the product that sums them, which reads V by columns and dM by rows: where the vector of a row (of an image or a
-- pair of them) and of channel j on goes, the matrix that the product has, of place j, how that is called, and, unless all channels lie
-- together, how many do.
local function side_by_side(width, row, channel, reader, place)
  return { to = string.format("to + %s * %d + %s", row, width, channel), matrix = string.format("%s(%s, %d)", reader, place, width),
    lies = "" }
end

-- Vectors of the next image below each other, those of the next channels after all of them: a product reads along the memory then
-- (on Zen 5 1.16 times as fast as side by side, 64 x 64 x 32). Where a tile's rows are a part of a vector.
local function in_groups(target, k, row, place)
  return { to = string.format("to + j * %d + %s * LANES", k, row), matrix = string.format("transposed_groups(%s, %d * LANES)", place, k),
    lies = ", in groups of LANES", run = target.lanes }
end

local function in_panels(target, k, width, row, place)
  return { to = string.format("to + j / PANEL * %d + %s * PANEL + j %% PANEL", k * target.panel, row),
    matrix = string.format("in_panels(%s, %d, %d, 0)", place, k, width), lies = ", in panels", run = target.panel }
end

-- What a weight's gradient transforms: for a block of the channels, flat if they are all of them and lie side by side; shrinks: for
-- fewer, where there are more threads than units.
local function sides(v, target)
  local row = v.is_narrow and "n / 2" or "n"
  local function side(from, channels, size, more)
    more.from, more.channels, more.block, more.shrinks = from, channels, size, from == "x" and v.shrinks
    more.overlap = size % target.lanes ~= 0
    more.share = more.shrinks and "a unit's channels" or "the channels"
    more.width = more.shrinks and "channels" or tostring(size)
    more.takes = string.format("int %s, %s", more.first, more.shrinks and "int channels, " or "")
    more.given = more.first .. ", " .. (more.shrinks and "channels, " or "")
    return more
  end
  local function lay(of, place, lie)
    of.place, of.to, of.matrix, of.lies = place + 16, lie.to, lie.matrix, lie.lies
    of.flat = of.channels == of.block and not of.shrinks and not lie.run
    of.vectors, of.floats = lines(target, of.block, v.is_narrow and target.lanes or lie.run) -- pairs of images: one vector of each
  end
  local x = side("x", v.cg, v.cb, { what = "V", first = "c", reads = "inputs", transform = "input", places = v.inputs * v.inputs })
  local d_out = side("d_out", v.og, v.ob, { what = "dM", first = "o", reads = "outputs", transform = "grad_output", places = v.m * v.m })
  lay(x, v.k * v.cb, not x.overlap and target.lanes % target.tile.rows == 0 and in_groups(target, v.k, row, "s->v[j]")
    or side_by_side(v.cb, row, x.overlap and "at" or "j", "transposed", "s->v[j]"))
  lay(d_out, products.panels(target, v.k, v.ob), not d_out.overlap and v.ob > target.panel and in_panels(target, v.k, v.ob, row, "s->m[j]")
    or side_by_side(v.ob, row, d_out.overlap and "at" or "j", "by_rows", "s->m[j]"))
  return { x, d_out }
end

local function grad_weight(form_name, is_narrow)
  local form = bilinear[form_name]
  return {
    op = "conv_grad_weight", template = "kernels/conv_winograd_grad_weight.c", takes = takes(form_name, is_narrow),
    cost = cost(form, is_narrow, true), flop = flop(form),
    algorithm = algorithm_of(form_name, is_narrow), name = shared.name(algorithm_of(form_name, is_narrow)),
    narrow = true, loads = loads(form, is_narrow), optional = { "factors" }, may_lack = { "factors" },
    values = function(node, graph)
      local input, output = positions.ends(node)
      local v = common(node, form_name, output, is_narrow)
      v.direct = taps_of(form) * v.m * v.m
      v.transforms = { "input", "grad_output", "grad_kernel" }
      v.cg, v.og = input.channels, output.channels
      v.cb, v.ob = blocks(graph.target, form, v.tiles, v.cg, v.og)
      v.cblocks, v.oblocks = v.cg // v.cb, v.og // v.ob
      v.x_width, v.d_out_width = v.cblocks > 1 and v.cb or 0, v.oblocks > 1 and v.ob or 0 -- 0: the channels of images lie side by side
      v.from_height, v.from_width = input.height, input.width
      v.rows = rows(graph.target, v.n_places, v.cb + v.ob, graph.batch, 0)
      v.k, v.stored = is_narrow and -(-v.rows // 2) or v.rows, is_narrow and "pairs" or "floats"
      v.sum_of = is_narrow and "pairs of images in bf16" or "images"
      v.count = is_narrow and "(count + 1) / 2" or "count"
      v.parts = parts_of(graph.target, v.tiles, v.cblocks * v.oblocks)
      units.add_pieces(v, taps_of(form) * v.cg * v.og)
      v.least_channels = least_channels(graph.target)
      v.shrinks = units.shrink(graph.target, v.parts * v.cblocks * v.oblocks, v.cb, v.least_channels)
      v.read = { input = node:tensor("x").type, grad_output = node:tensor("d_out").type }
      v.sides, v.sum_place = sides(v, graph.target), v.cb * v.ob + 16
      v.outside = v.rows * math.max(v.cg, v.og)
      v.of_tiles = v.shrinks and "or fewer, so that there are units for all threads, of " or "of "
      v.of_tiles = v.of_tiles .. (v.parts == 1 and "all tiles"
        or string.format("one of %d parts of the tiles; the parts are added up afterwards", v.parts))
      return v
    end,
    workspace = function(_, v)
      return v.parts == 1 and {} or { { key = "workspace", dims = { v.parts, taps_of(form), v.cg, v.og } } }
    end,
    scratch = function(v) return v.n_places * (v.sides[1].place + v.sides[2].place) + v.n_kernels * v.sum_place end,
  }
end

local algorithms = {}
for _, is_narrow in ipairs { false, true } do
  for _, form in ipairs { "t2", "t3", "f2", "f4", "f2r5", "p4" } do
    algorithms[#algorithms + 1] = same_way(form, "conv", false, is_narrow)
    algorithms[#algorithms + 1] = same_way(form, "conv_grad_input", true, is_narrow)
    algorithms[#algorithms + 1] = grad_weight(form, is_narrow)
  end
end
return algorithms

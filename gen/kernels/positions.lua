-- What kernels that go position by position share: how many positions a unit takes, so that it moves some 64 KiB, or which
-- slice of the images of one, and how their functions are called.
local units = require "kernels.units"

local positions = {}

-- 32c64 for 32x32 images of 64 channels, 16x8c64 for others, c512 for vectors.
function positions.shape_name(shape)
  if shape.height == 1 and shape.width == 1 then return "c" .. shape.channels end
  if shape.height == shape.width then return shape.height .. "c" .. shape.channels end
  return shape.height .. "x" .. shape.width .. "c" .. shape.channels
end

-- Adds to v into how many slices each of `v.positions` is cut, and of how many images.
function positions.add_slices(v, graph)
  v.slices = units.slices(graph.target, v.positions, graph.batch, graph.batch * v.channels)
  v.slice = -(-graph.batch // v.slices)
end

function positions.values(shape, graph)
  local count = shape.height * shape.width
  local grain = math.max(1, math.min(count, 16384 // (graph.batch * shape.channels)))
  local v = { positions = count, channels = shape.channels, grain = grain }
  positions.add_slices(v, graph)
  v.units = -(-count // grain) * v.slices
  return v
end

-- Of sums over positions and images: into how many partial sums they are cut, and how many positions each takes. One of several
-- images is enough; of few images positions share, so that a partial sum is of at least so many values.
local few_images, least_values = 4, 16

function positions.sums(shape, graph)
  local count = shape.height * shape.width
  local each = graph.batch >= few_images and 1 or math.min(count, -(-least_values // graph.batch))
  while count % each ~= 0 do each = each + 1 end
  return { sums = count // each, each = each }
end

-- Adds them to v, which positions.values made, and into which blocks of channels a unit that sums up is cut where they are few.
function positions.add_sums(v, shape, graph)
  local sums = positions.sums(shape, graph)
  v.sums, v.each = sums.sums, sums.each
  v.sum_channels = units.sum_channels(graph.target, v.sums, v.each * graph.batch, v.channels)
  v.sum_blocks = -(-v.channels // v.sum_channels)
end

-- What a sum over all of them is over, in words.
function positions.over(v)
  return string.format("%d position%s and the images", v.positions, v.positions == 1 and "" or "s")
end

-- The same of the argument `key`, as a kernel's `values`.
function positions.of(key)
  return function(node, graph) return positions.values(node:tensor(key).shape, graph) end
end

-- The shapes on both sides of a node, whichever way it runs: of its input and of its output.
function positions.ends(node)
  return (node:tensor("x") or node:tensor("d_x")).shape, (node:tensor("out") or node:tensor("d_out")).shape
end

-- Adds to v, of a node whose units are positions of what it makes, how many there are, and their slices.
function positions.add_units(v, node, graph)
  local input, output = positions.ends(node)
  local made = node:tensor("out") and output or input
  v.positions = made.height * made.width
  positions.add_slices(v, graph)
end

-- Whether the node adds to `key`, where another has written before.
function positions.adds(node, key)
  for _, argument in ipairs(node.arguments) do
    if argument.key == key then return argument.mode == "rw" end
  end
  return false
end

-- NAME_SHAPE_PHASE, with _add before the phase where the result is added.
function positions.name(text, key)
  return function(node)
    return string.format("%s_%s%s_%s", text, positions.shape_name(node:tensor(key).shape),
      positions.adds(node, key) and "_add" or "", node.phase)
  end
end

return positions

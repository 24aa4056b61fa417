-- Into how many units a kernel cuts its work. Enough for many threads, but none so small that handing it out counts.
local layout = require "layout"

local units = { threads = 64 } -- for so many

local least_floats = 16384 -- of a unit

-- Multiply-adds of a unit of products.
units.least_products = 1 << 18

-- Columns that a sum of sums adds up at once (SUM_BLOCK of support.h): units cut between such blocks leave each sum as it is.
units.sum_block = 32

-- Channels of the smallest unit, where there are more threads than units and they share channels (share_of_unit and share_among_threads
-- in base.h).
units.least_channels = 16

-- Whether a product of `count` units is cut into smaller ones when a program has more threads: not where a BLAS multiplies, whose sums may
-- depend on how large a product is.
function units.shares(target, count) return target.threads and not target.blas and count < units.threads end

-- The same of units of so many channels, `least` of them the fewest.
function units.shrink(target, count, channels, least)
  least = least or units.least_channels
  return units.shares(target, count) and channels > least and channels % least == 0
end

-- The fewest of `most` images, rows or columns, a multiple of `step`, that make a unit of a product, of so many multiply-adds each.
function units.least(most, step, each)
  return math.min(-(-most // step), -(-units.least_products // (step * each))) * step
end

function units.enough_to_stream(count, floats) return count >= units.threads or floats <= least_floats * count end
function units.enough_to_multiply(count, products) return count >= units.threads or products <= units.least_products * count end

-- Into how many parts the rows of a sum over positions and images are cut, each summed by a unit to memory of its own: as many
-- as make work for threads, or without them as keep so many values a part, that rounding does not grow with all.
local most_parts, values_of_part = 16, 2048

function units.parts(graph, shape)
  local least = -(-shape.height * shape.width * graph.batch // values_of_part)
  return math.min(shape.height, most_parts, graph.target.threads and most_parts or least)
end

-- Into how many slices of its images each of so many positions is cut, of `floats` each, where positions alone are too few units.
function units.slices(target, positions, images, floats)
  if not target.threads or positions >= units.threads then return 1 end
  return math.max(1, math.min(images, floats // least_floats, -(-units.threads // positions)))
end

-- Of how many channels, whole blocks of those that are summed up at once, a unit takes a sum of `sums` of them, each of so many rows.
function units.sum_channels(target, sums, rows, channels)
  local together = units.sum_block
  local wanted = units.slices(target, sums, channels // together, rows * channels)
  return -(-channels // (wanted * together)) * together
end

-- Parts of a weight's gradient of so many floats, which are added up afterwards, fill no more than this.
local most_bytes = 1 << 24

function units.bounded_parts(parts, floats) return math.max(1, math.min(parts, most_bytes // (layout.bytes "f32" * floats))) end

-- Adds to v how `v.parts` parts of a weight's gradient, of so many floats each, are added up: a unit takes a piece of them.
function units.add_pieces(v, floats)
  local piece = math.max(-(-floats // units.threads), -(-least_floats // v.parts))
  v.floats, v.piece = floats, math.min(floats, -(-piece // 16) * 16)
  v.pieces = -(-floats // v.piece)
end

return units

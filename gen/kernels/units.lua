-- Into how many units a kernel cuts its work. Enough for many threads, but none so small that handing it out counts.
local units = { threads = 64 } -- for so many

local least_floats = 16384 -- of a unit

function units.enough_to_stream(count, floats) return count >= units.threads or floats <= least_floats * count end

-- Into how many parts the rows of a sum over positions and images are cut, each summed by a unit to memory of its own: as many
-- as make work for threads, or without them as keep so many values a part, that rounding does not grow with all.
local most_parts, values_of_part = 16, 2048

function units.parts(graph, shape)
  local least = -(-shape.height * shape.width * graph.batch // values_of_part)
  return math.min(shape.height, most_parts, graph.target.threads and most_parts or least)
end

return units

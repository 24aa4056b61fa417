-- Into how many units a kernel cuts its work. Enough for many threads, but none so small that handing it out counts.
local units = {}

-- Units for so many threads; floats of a unit.
local threads, least_floats = 64, 16384

function units.enough_to_stream(count, floats) return count >= threads or floats <= least_floats * count end

-- Into how many parts the rows of a sum over positions and images are cut, each summed by a unit to memory of its own: as many
-- as make work for threads, or without them as keep so many values a part, that rounding does not grow with all.
local most_parts, values_of_part = 16, 8192

function units.parts(graph, shape)
  local wanted = most_parts
  if not graph.target.threads then
    wanted = -(-shape.height * shape.width * graph.batch // values_of_part)
  end
  return math.min(shape.height, most_parts, math.max(1, wanted))
end

return units

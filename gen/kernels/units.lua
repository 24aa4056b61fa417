-- Into how many units a kernel cuts its work: enough for many threads, but none so small that handing it out counts.
local units = {}

-- Units for so many threads; floats of a unit.
local threads, least_floats = 64, 16384

function units.enough_to_stream(count, floats) return count >= threads or floats <= least_floats * count end

return units

-- The data set's bytes, planes of one image after the other, as normalised floats with channels innermost.
local positions = require "kernels.positions"
local units = require "kernels.units"

local function values(node, graph)
  local a, record = node:tensor("out").shape, graph.record
  local v = { height = a.height, width = a.width, channels = a.channels }
  v.slices = units.slices(graph.target, a.height, graph.batch, graph.batch * a.width * a.channels) -- of a row
  v.slice = -(-graph.batch // v.slices)
  v.scale, v.shift = {}, {}
  for c = 1, a.channels do
    v.scale[c] = 1 / (255 * record.std[c])
    v.shift[c] = (0 - record.mean[c]) / record.std[c] -- 0, not -0
  end
  return v
end

local function name(node)
  return "normalise_" .. positions.shape_name(node:tensor("out").shape)
end

return { op = "input", template = "kernels/input.c", values = values, name = name }

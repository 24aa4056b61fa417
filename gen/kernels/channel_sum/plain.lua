-- The sum of each channel over all positions and images: the gradient of a bias.
local positions = require "kernels.positions"
local units = require "kernels.units"

-- Where positions are too few units, each is cut into blocks of channels, whole ones of those that are summed at once (SUM_BLOCK).
local function add_blocks(v, graph)
  local together = units.sum_block
  local wanted = units.slices(graph.target, v.sums, v.channels // together, v.each * graph.batch * v.channels)
  v.block = v.each == 1 and -(-v.channels // (wanted * together)) * together or v.channels
  v.blocks = -(-v.channels // v.block)
end

return {
  op = "channel_sum", template = "kernels/channel_sum.c",
  name = function(node) return "channel_sum_" .. positions.shape_name(node:tensor("x").shape) end,
  values = function(node, graph)
    local v = positions.values(node:tensor("x").shape, graph)
    local sums = positions.sums(node:tensor("x").shape, graph)
    v.sums, v.each = sums.sums, sums.each
    v.over = positions.over(v)
    add_blocks(v, graph)
    return v
  end,
  workspace = function(_, v) return { { key = "partial", dims = { v.sums, v.channels } } } end,
}

-- The sum of each channel over all positions and images: the gradient of a bias.
local positions = require "kernels.positions"

return {
  op = "channel_sum", template = "kernels/channel_sum.c",
  name = function(node) return "channel_sum_" .. positions.shape_name(node:tensor("x").shape) end,
  values = function(node, graph)
    local v = positions.values(node:tensor("x").shape, graph)
    positions.add_sums(v, node:tensor("x").shape, graph)
    v.over = positions.over(v)
    return v
  end,
  workspace = function(_, v) return { { key = "partial", dims = { v.sums, v.channels } } } end,
}

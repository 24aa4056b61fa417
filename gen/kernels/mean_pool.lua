local positions = require "kernels.positions"

local backward = {
  op = "mean_pool_backward", template = "kernels/mean_pool_backward.c",
  name = positions.name("mean_pool", "d_x", "backward"),
}

function backward.values(node, graph)
  local v = positions.values(node:tensor("d_x").shape, graph)
  v.assign = positions.assign(node, "d_x")
  return v
end

return {
  {
    op = "mean_pool", template = "kernels/mean_pool_forward.c",
    name = positions.name("mean_pool", "x", positions.direction),
    values = function(node, graph) return positions.values(node:tensor("x").shape, graph) end,
  },
  backward,
}

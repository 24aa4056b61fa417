local positions = require "kernels.positions"

local backward = {
  op = "relu_backward", template = "kernels/relu_backward.c", name = positions.name("relu", "d_x", "backward"),
  inplace = { { "d_x", "d_out" } },
}

function backward.values(node, graph)
  local v = positions.values(node:tensor("d_x").shape, graph)
  v.assign = positions.assign(node, "d_x")
  return v
end

return {
  {
    op = "relu", template = "kernels/relu_forward.c", name = positions.name("relu", "out", positions.direction),
    values = function(node, graph) return positions.values(node:tensor("out").shape, graph) end,
    inplace = { { "out", "x" } },
  },
  backward,
}

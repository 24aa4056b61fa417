-- Value by value, with the relu that fuse_ops joined to it.
local positions = require "kernels.positions"

local function name(key)
  return function(node) return positions.name(node.attributes.relu and "add_relu" or "add", key)(node) end
end

local forward = {
  op = "add", template = "kernels/add_forward.c", name = name "out", inplace = { { "out", "left" }, { "out", "right" } },
}

function forward.values(node, graph)
  local v = positions.values(node:tensor("out").shape, graph)
  v.relu = node.attributes.relu or false
  return v
end

return {
  forward,
  {
    op = "add_backward", template = "kernels/add_backward.c", name = name "d_x", values = positions.of "d_x",
    inplace = { { "d_x", "d_out" } },
  },
}

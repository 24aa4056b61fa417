local positions = require "kernels.positions"

local forward = {
  op = "add", template = "kernels/add_forward.c", inplace = { { "out", "left" }, { "out", "right" } },
}

function forward.name(node)
  return positions.name(node.attributes.relu and "add_relu" or "add", "out", positions.direction)(node)
end

function forward.values(node, graph)
  local v = positions.values(node:tensor("out").shape, graph)
  v.relu = node.attributes.relu or false
  return v
end

local backward = { op = "add_backward", template = "kernels/add_backward.c", inplace = { { "d_x", "d_out" } } }

function backward.name(node)
  return positions.name(node.attributes.relu and "add_relu" or "add", "d_x", "backward")(node)
end

function backward.values(node, graph)
  local v = positions.values(node:tensor("d_x").shape, graph)
  v.assign = positions.assign(node, "d_x")
  return v
end

return { forward, backward }

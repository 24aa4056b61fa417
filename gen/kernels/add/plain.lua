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
  v.formula = v.relu and "max(0, left + right)" or "left + right"
  return v
end

local backward = {
  op = "add_backward", template = "kernels/add_backward.c", name = name "d_x", optional = { "out" },
  inplace = { { "d_x", "d_out" } },
}

function backward.values(node, graph)
  local v = positions.values(node:tensor("d_x").shape, graph)
  v.formula = node:tensor("out") and "d_out where out > 0, else 0" or "d_out"
  return v
end

return { forward, backward }

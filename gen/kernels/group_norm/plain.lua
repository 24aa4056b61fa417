-- Group norm, a unit for each image and group.
local positions = require "kernels.positions"

local function values(node, graph)
  local shape, groups = node:tensor("x").shape, node.attributes.groups
  local v = positions.values(shape, graph)
  v.groups, v.cg, v.eps = groups, shape.channels // groups, node.attributes.eps
  v.times_gamma, v.affine = "", ""
  if node:tensor("gamma") then v.times_gamma, v.affine = " * gamma", " * gamma + beta" end
  v.count = v.positions * v.cg
  return v
end

local function name(key)
  return function(node) return positions.name("group_norm" .. node.attributes.groups, key)(node) end
end

return {
  {
    op = "group_norm", template = "kernels/group_norm_forward.c", name = name "out", values = values, optional = { "gamma" },
    inplace = { { "out", "x" } },
  },
  {
    op = "group_norm_backward", template = "kernels/group_norm_backward.c", name = name "x", values = values,
    optional = { "d_x", "gamma", "d_gamma" },
    inplace = { { "d_x", "d_out" } },
    workspace = function(node) return { { key = "partial", dims = { "BATCH", 2, node:tensor("x").shape.channels } } } end,
  },
}

-- Group norm, a unit for each image and group.
local positions = require "kernels.positions"

local function values(node, graph)
  local shape, groups = node:tensor("x").shape, node.attributes.groups
  local v = positions.values(shape, graph)
  v.groups, v.cg, v.eps = groups, shape.channels // groups, node.attributes.eps
  v.times_gamma, v.affine = "", ""
  if node:tensor("gamma") then v.times_gamma, v.affine = " * gamma", " * gamma + beta" end
  v.count = v.positions * v.cg
  v.sum_d, v.sum_x = node:tensor("d_beta") and "d_beta" or "unread", node:tensor("d_gamma") and "d_gamma" or "unread"
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
    optional = { "d_x", "gamma", "d_gamma", "d_beta", "unread" },
    inplace = { { "d_x", "d_out" } },
    workspace = function(node)
      local channels, list = node:tensor("x").shape.channels, {}
      list[1] = { key = "partial", dims = { "BATCH", 2, channels } }
      if (node:tensor("d_gamma") == nil) ~= (node:tensor("d_beta") == nil) then list[2] = { key = "unread", dims = { channels } } end
      return list
    end,
  },
}

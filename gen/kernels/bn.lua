-- Batch norm, alone or with the residual sum and relu that fuse_ops joined to it.
local positions = require "kernels.positions"

local function values(node, graph)
  local v = positions.values(node:tensor("x").shape, graph)
  v.eps, v.momentum, v.relu = node.attributes.eps, node.attributes.momentum, node.attributes.relu or false
  return v
end

local function name(kind)
  return function(node)
    local text = "bn"
    if node:tensor("residual") or node:tensor("d_residual") then text = text .. "_add" end
    if node.attributes.relu then text = text .. "_relu" end
    return text .. "_" .. require("kernels").shape_name(node:tensor("x").shape) .. "_" .. kind
  end
end

local function partial(node)
  local shape = node:tensor("x").shape
  return { key = "partial", dims = { shape.height * shape.width, 2, shape.channels } }
end

local forward = { op = "bn", template = "kernels/bn_forward.c", name = name "forward" }

function forward.values(node, graph)
  local v = values(node, graph)
  v.given = node:tensor("partial") ~= nil
  return v
end

-- Where no convolution left the statistics, the kernel makes them itself.
function forward.workspace(node)
  return node:tensor("partial") and {} or { partial(node) }
end

local backward = {
  op = "bn_backward", template = "kernels/bn_backward.c", name = name "backward",
  inplace = { { "d_residual", "d_out" }, { "d_x", "d_out" } },
  workspace = function(node) return { partial(node) } end,
}

function backward.values(node, graph)
  local v = values(node, graph)
  v.assign_x = positions.assign(node, "d_x")
  v.assign_residual = positions.assign(node, "d_residual") or "="
  return v
end

local evaluate = {
  op = "bn_evaluate", template = "kernels/bn_evaluate.c", name = name "evaluate", values = values,
  inplace = { { "out", "x" }, { "out", "residual" } },
}

return { forward, backward, evaluate }

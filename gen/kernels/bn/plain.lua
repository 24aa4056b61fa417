-- Batch norm, alone or with the residual sum and relu that fuse_ops joined to it.
local positions = require "kernels.positions"

local function shape(node) return (node:tensor("x") or node:tensor("d_out")).shape end

local function values(node, graph)
  local v = positions.values(shape(node), graph)
  v.eps, v.momentum, v.relu = node.attributes.eps, node.attributes.momentum, node.attributes.relu or false
  return v
end

local function name(kind)
  return function(node)
    local text = "bn"
    if node:tensor("residual") or node:tensor("d_residual") then text = text .. "_add" end
    if node.attributes.relu then text = text .. "_relu" end
    return text .. "_" .. positions.shape_name(shape(node)) .. "_" .. kind
  end
end

local function partial(node)
  local s = shape(node)
  return { key = "partial", dims = { s.height * s.width, 2, s.channels } }
end

-- Rows of a value a channel that all units read, made once: on a stack they would be as long as there are channels.
local function factors(node, rows)
  return { key = "factors", dims = { rows, shape(node).channels } }
end

local forward = { op = "bn", template = "kernels/bn_forward.c", name = name "forward" }

function forward.values(node, graph)
  local v = values(node, graph)
  v.given = node:tensor("partial") ~= nil
  return v
end

-- Where no convolution left the statistics, the kernel makes them itself.
function forward.workspace(node)
  return { factors(node, 2), not node:tensor("partial") and partial(node) or nil }
end

local backward = {
  op = "bn_backward", template = "kernels/bn_backward.c", name = name "backward",
  values = values, inplace = { { "d_residual", "d_out" }, { "d_x", "d_out" } },
  workspace = function(node)
    local relu_again, list = node.attributes.relu and not node:tensor("out"), { partial(node) }
    if not node:tensor("d_gamma") or not node:tensor("d_beta") then
      list[2] = { key = "sums", dims = { 2, shape(node).channels } }
    end
    if relu_again then list[#list + 1] = factors(node, 2) end
    return list
  end,
}

local evaluate = {
  op = "bn_evaluate", template = "kernels/bn_evaluate.c", name = name "evaluate", values = values,
  workspace = function(node) return { factors(node, 2) } end,
  inplace = { { "out", "x" }, { "out", "residual" } },
}

local evaluate_backward = {
  op = "bn_evaluate_backward", template = "kernels/bn_evaluate_backward.c", name = name "evaluate_backward",
  values = values, inplace = { { "d_residual", "d_out" }, { "d_x", "d_out" } },
  workspace = function(node) return node:tensor("d_x") and { factors(node, 1) } or {} end,
}

return { forward, backward, evaluate, evaluate_backward }

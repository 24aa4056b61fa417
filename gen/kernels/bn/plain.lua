-- Batch norm, alone or with the residual sum and relu that fuse_ops joined to it.
local positions = require "kernels.positions"

local function shape(node) return (node:tensor("x") or node:tensor("d_out")).shape end

local function values(node, graph)
  local v = positions.values(shape(node), graph)
  -- In a formula, and for channel c in C, where parameters that there are not are 1 and 0.
  v.times_gamma = node:tensor("gamma") and " * gamma" or ""
  v.gamma, v.factor = "1", "inv_std[c]"
  if node:tensor("gamma") then v.gamma, v.factor = "gamma[c]", "gamma[c] * inv_std[c]" end
  v.beta_less = node:tensor("beta") and "beta[c] - " or "-"
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

-- What the parameters do to a normalised value, in words.
local function affine(node)
  return (node:tensor("gamma") and " * gamma" or "") .. (node:tensor("beta") and " + beta" or "")
end

-- What comes out, where `normalised` is the value before gamma and beta.
local function formula(node, normalised)
  local text = normalised .. affine(node) .. (node:tensor("residual") and " + residual" or "")
  return node.attributes.relu and "max(0, " .. text .. ")" or text
end

local function partial(node)
  local s = shape(node)
  return { key = "partial", dims = { s.height * s.width, 2, s.channels } }
end

-- Rows of a value a channel that all units read, made once: on a stack they would be as long as there are channels.
local function factors(node, rows)
  return { key = "factors", dims = { rows, shape(node).channels } }
end

local forward = { op = "bn", template = "kernels/bn_forward.c", name = name "forward", optional = { "residual" } }

function forward.values(node, graph)
  local v = values(node, graph)
  v.given = node:tensor("partial") ~= nil
  v.formula, v.over = formula(node, "(x - mean) * inv_std"), positions.over(v)
  return v
end

-- Where no convolution left the statistics, the kernel makes them itself.
function forward.workspace(node)
  return { factors(node, 2), not node:tensor("partial") and partial(node) or nil }
end

local backward = {
  op = "bn_backward", template = "kernels/bn_backward.c", name = name "backward",
  optional = { "d_x", "d_residual", "out", "gamma", "d_gamma", "d_beta" },
  inplace = { { "d_residual", "d_out" }, { "d_x", "d_out" } },
}

-- Where relu is joined and its result was not kept, it is made again from x.
local function relu_again(node) return node.attributes.relu and not node:tensor("out") or false end

function backward.values(node, graph)
  local v = values(node, graph)
  v.relu_again, v.affine = relu_again(node), affine(node)
  v.has_sums = (node:tensor("d_x") or node:tensor("d_gamma") or node:tensor("d_beta")) ~= nil
  v.sum_d, v.sum_x = node:tensor("d_beta") and "d_beta" or "sums[0]", node:tensor("d_gamma") and "d_gamma" or "sums[1]"
  v.order = "First each position's two sums, then what flows on."
  if not node:tensor("d_x") and not node:tensor("d_residual") then v.order = "Each position's two sums." end
  return v
end

function backward.workspace(node)
  local list = { partial(node) }
  if not node:tensor("d_gamma") or not node:tensor("d_beta") then
    list[2] = { key = "sums", dims = { 2, shape(node).channels } }
  end
  if relu_again(node) then list[#list + 1] = factors(node, 2) end
  return list
end

local evaluate = {
  op = "bn_evaluate", template = "kernels/bn_evaluate.c", name = name "evaluate",
  optional = { "residual" },
  workspace = function(node) return { factors(node, 2) } end,
  inplace = { { "out", "x" }, { "out", "residual" } },
}

function evaluate.values(node, graph)
  local v = values(node, graph)
  v.formula = formula(node, string.format("(x - running_mean) / sqrt(running_var + %.9g)", v.eps))
  return v
end

local evaluate_backward = {
  op = "bn_evaluate_backward", template = "kernels/bn_evaluate_backward.c", name = name "evaluate_backward",
  values = values, optional = { "d_x", "d_residual", "out" }, inplace = { { "d_residual", "d_out" }, { "d_x", "d_out" } },
  workspace = function(node) return node:tensor("d_x") and { factors(node, 1) } or {} end,
}

return { forward, backward, evaluate, evaluate_backward }

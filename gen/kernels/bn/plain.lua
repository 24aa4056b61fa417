-- Batch norm, alone or with the residual sum and relu that fuse_ops joined to it.
local positions = require "kernels.positions"

local function shape(node) return (node:tensor("x") or node:tensor("d_out")).shape end

-- As C tells it: whether a residual is joined to it (joins), and relu (cuts), whether it has a gamma and a beta.
local function values(node, graph)
  local v = positions.values(shape(node), graph)
  local a = node.attributes
  v.eps, v.momentum, v.relu = a.eps, a.momentum, a.relu or false
  v.has_gamma, v.has_beta = node:tensor("gamma") and 1 or 0, node:tensor("beta") and 1 or 0
  v.joins, v.cuts = node:tensor("residual") and 1 or 0, a.relu and 1 or 0
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

-- Pairs of rows, each a value a channel, that all units read, made once: on a stack they would be as long as there are
-- channels. The first pair is what x is scaled by and what is added.
local function work(node, pairs)
  return { { key = "work", dims = { pairs, 2, shape(node).channels } } }
end

local function kernel(fields)
  fields.struct = "batch_norm"
  return fields
end

local forward = kernel {
  op = "bn", template = "kernels/bn_forward.c", name = name "forward", optional = { "residual" },
  parts = { "batch_norm_factors.h", "batch_norm_forward.h", "batch_norm_statistics.h" },
}

function forward.values(node, graph)
  local v = values(node, graph)
  v.given = node:tensor("partial") ~= nil
  v.formula, v.over = formula(node, "(x - mean) * inv_std"), positions.over(v)
  return v
end

-- Where no convolution left the statistics of each position, the kernel makes them itself, behind the first pair.
function forward.workspace(node, v) return work(node, node:tensor("partial") and 1 or 1 + v.positions) end

local backward = kernel {
  op = "bn_backward", template = "kernels/bn_backward.c", name = name "backward",
  parts = { "batch_norm_factors.h", "batch_norm_backward.h" },
  optional = { "d_x", "d_residual", "out", "d_gamma", "d_beta" },
  inplace = { { "d_residual", "d_out" }, { "d_x", "d_out" } },
}

-- What becomes of a result: enum put in batch_norm_backward.h.
local function put(node, key)
  return not node:tensor(key) and "NOWHERE" or positions.adds(node, key) and "ADD" or "SET"
end

-- The same values for both ways back.
local function backward_values(node, graph)
  local v = values(node, graph)
  v.affine, v.times_gamma = affine(node), node:tensor("gamma") and " * gamma" or ""
  v.put_x, v.put_residual = put(node, "d_x"), put(node, "d_residual")
  return v
end

function backward.values(node, graph)
  local v = backward_values(node, graph)
  -- Where relu is joined and its result was not kept, it is made again from x.
  local again = v.relu and not node:tensor("out")
  v.shifts, v.scales = again, again or node:tensor("d_x") ~= nil
  v.relu_by = again and "RELU_AGAIN" or v.relu and "RELU_KEPT" or "NO_RELU"
  v.has_sums = (node:tensor("d_x") or node:tensor("d_gamma") or node:tensor("d_beta")) ~= nil
  v.first = (node:tensor("d_gamma") and node:tensor("d_beta")) and 1 or 2 -- pair of work that belongs to position 0
  v.order = "First each position's two sums, then what flows on."
  if not node:tensor("d_x") and not node:tensor("d_residual") then v.order = "Each position's two sums." end
  return v
end

-- Behind the first pair the two sums, if there is no gradient to put them in, and those of each position.
function backward.workspace(node, v) return work(node, v.first + v.positions) end

local evaluate = kernel {
  op = "bn_evaluate", template = "kernels/bn_evaluate.c", name = name "evaluate",
  parts = { "batch_norm_factors.h", "batch_norm_forward.h" }, optional = { "residual" },
  workspace = function(node) return work(node, 1) end,
  inplace = { { "out", "x" }, { "out", "residual" } },
}

function evaluate.values(node, graph)
  local v = values(node, graph)
  v.formula = formula(node, string.format("(x - running_mean) / sqrt(running_var + %.9g)", v.eps))
  return v
end

local evaluate_backward = kernel {
  op = "bn_evaluate_backward", template = "kernels/bn_evaluate_backward.c", name = name "evaluate_backward",
  parts = { "batch_norm_factors.h", "batch_norm_backward.h" }, values = backward_values, optional = { "d_x", "d_residual", "out" },
  inplace = { { "d_residual", "d_out" }, { "d_x", "d_out" } },
  workspace = function(node) return node:tensor("d_x") and work(node, 1) or {} end,
}

return { forward, backward, evaluate, evaluate_backward }

-- Batch norm, alone or with the residual sum and the function of each value that fuse_ops joined to it; and what is left of one
-- that all its readers apply "on_load" (passes/load_norms.lua): the statistics, and factors a channel.
local activations = require "activations"
local layout = require "layout"
local positions = require "kernels.positions"
local statistics = require "kernels.statistics"

local function shape(node) return (node:tensor("x") or node:tensor("d_out")).shape end

-- As C tells it: whether a residual is joined to it (joins), and which function, whether it has a gamma and a beta.
local function values(node, graph)
  local v = positions.values(shape(node), graph)
  positions.add_sums(v, shape(node), graph)
  local a = node.attributes
  v.eps, v.momentum = a.eps, a.momentum
  activations.values(a, v)
  v.has_gamma, v.has_beta = node:tensor("gamma") and 1 or 0, node:tensor("beta") and 1 or 0
  v.joins = node:tensor("residual") and 1 or 0
  return v
end

local function name(kind, suffix)
  return function(node)
    local text = "bn"
    if node:tensor("residual") or node:tensor("d_residual") then text = text .. "_add" end
    if node.attributes.activation then text = text .. "_" .. node.attributes.activation end
    return text .. "_" .. positions.shape_name(shape(node)) .. (suffix or "") .. "_" .. kind
  end
end

-- What the parameters do to a normalised value, in words.
local function affine(node)
  return (node:tensor("gamma") and " * gamma" or "") .. (node:tensor("beta") and " + beta" or "")
end

-- What comes out, where `normalised` is the value before gamma and beta.
local function formula(node, v, normalised)
  local text = normalised .. affine(node) .. (node:tensor("residual") and " + residual" or "")
  if v.called then return v.text .. " for x = " .. text end
  return v.cuts == 1 and "max(0, " .. text .. ")" or text
end

-- Pairs of rows, each a value a channel, that all units read, made once: on a stack they would be as long as there are
-- channels. The first pair is what x is scaled by and what is added.
local function work(node, pairs)
  return { { key = "work", dims = { pairs, 2, shape(node).channels } } }
end

-- The kernel, and one for nodes with a function other than relu, which calls that; each that is made is added to `list`.
local list = {}

local function kernel(fields)
  fields.struct, fields.narrow = "batch_norm", fields.narrow or true
  local calling = {}
  for key, value in pairs(fields) do calling[key] = value end
  calling.parts = { "functions.h", table.unpack(fields.parts) }
  local is_plain = fields.takes or function() return true end
  function fields.takes(node, target) return not activations.is_called(node) and is_plain(node, target) end
  calling.takes = activations.is_called
  list[#list + 1], list[#list + 2] = fields, calling
end

-- Whether to apply it on load, where that can be: a large tensor is not written and read again. A small one is at hand in some cache; one
-- of many channels is loaded several times, and would be normalised as often.
local function is_on_load(node, target)
  local loaders = node.loaders
  return loaders ~= nil and loaders.can and loaders.times == 1
    and node:tensor("x").count * layout.bytes "f32" > target.costs.on_load
end

-- The other way costs more.
local function cost(node, target) return is_on_load(node, target) and 1 or 0 end
local function cost_on_load(node, target) return 1 - cost(node, target) end

local function forward_values(node, graph)
  local v = values(node, graph)
  v.trains, v.given = true, node:tensor("statistics") ~= nil
  v.formula, v.over = formula(node, v, "(x - mean) * inv_std"), positions.over(v)
  v.stat_units = statistics.joins(v.channels)
  return v
end

-- Statistics that the kernel takes itself are of floats.
local function forward_narrow(node, key) return key ~= "x" or node:tensor("statistics") ~= nil end

-- Where no convolution left the statistics, the kernel makes them itself, behind the first pair: those of all and the partial
-- ones.
kernel {
  op = "bn", template = "kernels/bn_forward.c", name = name "forward", optional = { "residual" }, values = forward_values,
  cost = cost,
  parts = { "batch_norm_factors.h", "batch_norm_forward.h", "batch_norm_statistics.h" },
  narrow = forward_narrow,
  workspace = function(node, v) return work(node, v.given and 1 or 2 + v.sums) end,
}

-- Where the function's way back has what it needs. What was not kept is made again.
local function kept(node, v)
  if v.cuts == 0 and not v.keeps then return "nothing" end
  return node:tensor("out") and "result" or "again"
end

-- The same values for both ways back.
local function backward_values(node, graph)
  local v = values(node, graph)
  v.affine, v.times_gamma = affine(node), node:tensor("gamma") and " * gamma" or ""
  v.kept = kept(node, v)
  return v
end

local function training_values(node, graph)
  local v = backward_values(node, graph)
  local again = v.kept == "again"
  v.shifts, v.scales = again, again or node:tensor("d_x") ~= nil
  v.has_sums = (node:tensor("d_x") or node:tensor("d_gamma") or node:tensor("d_beta")) ~= nil
  v.first = (node:tensor("d_gamma") and node:tensor("d_beta")) and 1 or 2 -- pair of work that belongs to the first partial sum
  v.sum_slices = v.each == 1 and v.slices or 1
  v.sums = v.sums * v.sum_slices
  local of = v.sum_slices > 1 and string.format("each %d images'", v.slice) or v.each == 1 and "each position's"
    or string.format("each %d positions'", v.each)
  v.order = "First " .. of .. " two sums, then what flows on."
  if not node:tensor("d_x") and not node:tensor("d_residual") then v.order = "E" .. of:sub(2) .. " two sums." end
  return v
end

-- Behind the first pair the two sums, if there is no gradient to put them in, and the partial ones.
kernel {
  op = "bn_backward", template = "kernels/bn_backward.c", name = name "backward", values = training_values,
  parts = { "batch_norm_factors.h", "batch_norm_backward.h" },
  optional = { "d_x", "d_residual", "out", "d_gamma", "d_beta" },
  inplace = { { "d_residual", "d_out" }, { "d_x", "d_out" } },
  workspace = function(node, v) return work(node, v.first + v.sums) end,
}

local function evaluation_values(node, graph)
  local v = values(node, graph)
  v.trains = false
  v.formula = formula(node, v, string.format("(x - running_mean) / sqrt(running_var + %.9g)", v.eps))
  return v
end

kernel {
  op = "bn_evaluate", template = "kernels/bn_forward.c", name = name "evaluate", values = evaluation_values,
  parts = { "batch_norm_factors.h", "batch_norm_forward.h" }, optional = { "residual" },
  takes = function(node, target) return not is_on_load(node, target) end,
  workspace = function(node) return work(node, 1) end,
  inplace = { { "out", "x" }, { "out", "residual" } },
}

kernel {
  op = "bn_evaluate_backward", template = "kernels/bn_evaluate_backward.c", name = name "evaluate_backward",
  parts = { "batch_norm_factors.h", "batch_norm_backward.h" }, values = backward_values, optional = { "d_x", "d_residual", "out" },
  inplace = { { "d_residual", "d_out" }, { "d_x", "d_out" } },
  workspace = function(node) return node:tensor("d_x") and work(node, 1) or {} end,
}

-- What is left of a batch norm that its readers apply.
local function on_load(takes, fields)
  fields.algorithm, fields.template, fields.struct = "on_load", "kernels/bn_factors.c", "batch_norm"
  fields.narrow = fields.narrow or forward_narrow
  fields.takes, fields.cost = takes, cost_on_load
  list[#list + 1] = fields
end

local function is_given(node) return node:tensor("statistics") ~= nil end

on_load(function(node) return node.loaders ~= nil and is_given(node) end, {
  op = "bn", name = name("forward", "_on_load"), values = forward_values, serial = true,
  parts = { "batch_norm_factors.h", "batch_norm_forward.h", "batch_norm_statistics.h" },
})

on_load(function(node) return node.loaders ~= nil and not is_given(node) end, {
  op = "bn", name = name("forward", "_on_load"), values = forward_values,
  parts = { "batch_norm_factors.h", "batch_norm_forward.h", "batch_norm_statistics.h" },
  workspace = function(node, v) return work(node, 1 + v.sums) end,
})

-- Evaluation is not timed for files of choices: what costs choose alone takes it.
on_load(is_on_load, {
  op = "bn_evaluate", name = name("evaluate", "_on_load"), values = evaluation_values, serial = true, narrow = true,
  parts = { "batch_norm_factors.h", "batch_norm_forward.h" },
})

return list

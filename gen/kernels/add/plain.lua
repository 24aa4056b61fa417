-- Value by value, with the function of each value that fuse_ops joined to it.
local activations = require "activations"
local positions = require "kernels.positions"

local function name(key)
  return function(node)
    local activation = node.attributes.activation
    return positions.name(activation and "add_" .. activation or "add", key)(node)
  end
end

local function values(key, formula)
  return function(node, graph)
    local v = positions.values(node:tensor(key).shape, graph)
    activations.values(node.attributes, v)
    v.formula = formula(node, v)
    return v
  end
end

local function sum(_, v)
  if v.called then return v.text .. " for x = left + right" end
  return v.cuts == 1 and "max(0, left + right)" or "left + right"
end

local function gradient(_, v)
  if v.called then return "d_out times the slope of " .. v.text end
  return v.cuts == 1 and "d_out where out > 0, else 0" or "d_out"
end

-- Each kernel, and one for functions other than relu, which it calls.
local list = {}
for calls = 0, 1 do
  local function takes(node) return activations.is_called(node) == (calls == 1) end
  local parts = calls == 1 and { "functions.h" } or nil
  list[#list + 1] = {
    op = "add", template = "kernels/add_forward.c", name = name "out", takes = takes, parts = parts, values = values("out", sum),
    narrow = true, inplace = { { "out", "left" }, { "out", "right" } },
  }
  list[#list + 1] = {
    op = "add_backward", template = "kernels/add_backward.c", name = name "d_x", takes = takes, parts = parts,
    values = values("d_x", gradient), optional = { "out" }, narrow = true, inplace = { { "d_x", "d_out" } },
  }
end
return list

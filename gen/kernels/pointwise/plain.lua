-- Value by value, for each of functions.lua.
local functions = require "kernels.functions"
local positions = require "kernels.positions"

local names = { "relu", "relu6", "leaky_relu", "sigmoid", "silu", "gelu", "scale" }

local function values(name, key)
  local of = functions[name]
  return function(node, graph)
    local a, v = node.attributes, positions.values(node:tensor(key).shape, graph)
    v.text, v.kept, v.constant = of.text(a), of.kept or false, of.constant and a[of.constant] or false
    v.called = of.called and of.called(a) or name
    return v
  end
end

local list = {}
for _, name in ipairs(names) do
  list[#list + 1] = {
    op = name, template = "kernels/pointwise_forward.c", name = positions.name(name, "out"), values = values(name, "out"),
    narrow = true, inplace = { { "out", "x" } }, parts = { "functions.h" },
  }
  list[#list + 1] = {
    op = name .. "_backward", template = "kernels/pointwise_backward.c", name = positions.name(name, "d_x"),
    values = values(name, "d_x"), narrow = true, inplace = { { "d_x", "d_out" } }, parts = { "functions.h" },
  }
end
return list

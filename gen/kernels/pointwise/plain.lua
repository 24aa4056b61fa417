-- Value by value, for each of functions.lua.
local functions = require "kernels.functions"
local positions = require "kernels.positions"

local names = { "relu", "relu6", "leaky_relu", "sigmoid", "silu", "gelu", "scale" }

local function values(name, key)
  local of = functions[name]
  return function(node, graph)
    local a, v = node.attributes, positions.values(node:tensor(key).shape, graph)
    v.text, v.kept, v.calls = of.text(a), of.kept or false, of.calls and of.calls(a)
    v.forward = of.forward(a, "x[j]")
    v.backward = of.backward(a, "d_out[j]", of.kept and of.kept .. "[j]")
    return v
  end
end

local list = {}
for _, name in ipairs(names) do
  list[#list + 1] = {
    op = name, template = "kernels/pointwise_forward.c", name = positions.name(name, "out"), values = values(name, "out"),
    inplace = { { "out", "x" } },
  }
  list[#list + 1] = {
    op = name .. "_backward", template = "kernels/pointwise_backward.c", name = positions.name(name, "d_x"),
    values = values(name, "d_x"), inplace = { { "d_x", "d_out" } },
  }
end
return list

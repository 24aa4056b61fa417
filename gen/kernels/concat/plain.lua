-- A copy of each input's channels to their place among those of the output, and of a gradient back.
local positions = require "kernels.positions"

local function values(node, graph)
  local v, first = positions.values(node:tensor("out").shape, graph), 0
  v.parts = {}
  for _, argument in ipairs(node.arguments) do
    if argument.key ~= "out" then
      v.parts[#v.parts + 1] = { key = argument.key, from = first, channels = argument.tensor.shape.channels }
      first = first + argument.tensor.shape.channels
    end
  end
  return v
end

local function backward_values(node, graph)
  local v = positions.values(node:tensor("d_x").shape, graph)
  v.from, v.all = node.attributes.first, node:tensor("d_out").shape.channels
  return v
end

return {
  { op = "concat", template = "kernels/concat_forward.c", name = positions.name("concat", "out"), values = values, narrow = true },
  {
    op = "concat_backward", template = "kernels/concat_backward.c", name = positions.name("concat", "d_x"),
    values = backward_values, narrow = true,
  },
}

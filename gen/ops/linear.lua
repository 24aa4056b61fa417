-- A fully connected layer, as nn.Linear.
local weight_init = require "weight_init"

local linear = {}

function linear.shape(node, inputs)
  local x = inputs[1]
  if x.height ~= 1 or x.width ~= 1 then
    return nil, string.format("input is %dx%dx%d (%s), not 1x1; use flatten or mean_pool first",
      x.height, x.width, x.channels, node.inputs[1].name)
  end
  return { height = 1, width = 1, channels = node.attrs.out }
end

function linear.parameters(node, inputs)
  return weight_init.parameters({ node.attrs.out, inputs[1].channels }, "pytorch", node.attrs.bias)
end

return linear

-- A fully connected layer, as nn.Linear.
local weighted = require "ops.weighted"

-- Attributes are those of layers of fixed weights (fuse_stores).
local linear = weighted("linear", "activation slope factor approximate", function(node, inputs)
  return { node.attributes.out, inputs[1].channels }
end)

function linear.shape(node, inputs)
  local x = inputs[1]
  if x.height ~= 1 or x.width ~= 1 then
    return nil, string.format("input is %dx%dx%d (%s), not 1x1; use flatten or mean_pool first",
      x.height, x.width, x.channels, node.inputs[1].name)
  end
  return { height = 1, width = 1, channels = node.attributes.out }
end

return linear

-- Convolution, as nn.Conv2d: kernel, stride and dilation are {height, width}; padding, as
-- window.lua has it, is with zeros.
local weight_init = require "weight_init"
local weighted = require "ops.weighted"
local window = require "window"

-- Beside what all windows have, what a layer of fixed weights does on store (fuse_stores).
local conv = weighted("conv", "ceil_mode activation slope factor approximate", function(node, inputs)
  local attributes = node.attributes
  return { attributes.out, inputs[1].channels // attributes.groups, attributes.kernel[1], attributes.kernel[2] }
end)

function conv.shape(node, inputs)
  local attributes, x = node.attributes, inputs[1]
  local groups = attributes.groups
  if x.channels % groups ~= 0 then
    return nil, string.format("%d input channels are not divisible by %d groups", x.channels, groups)
  end
  if attributes.out % groups ~= 0 then
    return nil, string.format("%d output channels are not divisible by %d groups", attributes.out, groups)
  end
  if type(attributes.init) == "table" and attributes.init.kind == "whitening" then
    local fault = weight_init.refuse_whitening(attributes, x, node.inputs[1].op == "input")
    if fault then return nil, fault end
  end
  return window.shape(attributes, x, attributes.out)
end

-- Evaluation needs no statistics of the output.
function conv.evaluate()
  return "conv", { out = "w", x = "r", weight = "r", bias = "r" }
end

return conv

-- Convolution, as nn.Conv2d: kernel, stride and padding are {height, width}; padding is with zeros.
local weight_init = require "weight_init"
local window = require "window"

local conv = {}

function conv.shape(node, inputs)
  local attrs, x = node.attrs, inputs[1]
  local groups = attrs.groups
  if x.channels % groups ~= 0 then
    return nil, string.format("%d input channels are not divisible by %d groups", x.channels, groups)
  end
  if attrs.out % groups ~= 0 then
    return nil, string.format("%d output channels are not divisible by %d groups", attrs.out, groups)
  end
  return window.shape(attrs, x, attrs.out)
end

function conv.parameters(node, inputs)
  local attrs = node.attrs
  local dims = { attrs.out, inputs[1].channels // attrs.groups, attrs.kernel[1], attrs.kernel[2] }
  return weight_init.parameters(dims, attrs.init, attrs.bias)
end

return conv

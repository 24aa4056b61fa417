-- Convolution of one input channel a group, which has no product of matrices in it.
local positions = require "kernels.positions"
local window = require "kernels.conv.window"

local function takes(node, target)
  return node.attributes.groups == positions.ends(node).channels and window.takes(node, target)
end

-- Products of one row and column are what taps.lua would make of it.
local function cost(node) return node.flop / 8 end

return window.kernels("depthwise", 4, takes, cost)

-- Convolution of several groups of few channels: products of matrices so small would leave the multiplier idle.
local positions = require "kernels.positions"
local window = require "kernels.conv.window"

local function takes(node, target)
  local input, output = positions.ends(node)
  local groups = node.attributes.groups
  local from, to = input.channels // groups, output.channels // groups
  return from > 1 and from <= 32 and to <= 32 and window.takes(node, target)
end

local function cost(node) return node.flop / 2 end

return window.kernels("grouped", 8, takes, cost)

-- The mean over height and width of each channel, as nn.AdaptiveAvgPool2d(1).
local one_input = require "ops.one_input"

return one_input { shape = function(_, inputs) return { height = 1, width = 1, channels = inputs[1].channels } end }

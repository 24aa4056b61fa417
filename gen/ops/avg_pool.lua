-- The mean of each window, as nn.AvgPool2d: padding counts as zeros.
local one_input = require "ops.one_input"
local window = require "window"

return one_input { shape = window.pool_shape, attributes = "dilation" }

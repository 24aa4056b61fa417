-- The mean of each window, as nn.AvgPool2d: padding counts as zeros.
local window = require "window"

local avg_pool = {}

function avg_pool.shape(node, inputs)
  return window.pool_shape(node.attrs, inputs[1])
end

return avg_pool

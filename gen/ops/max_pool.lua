-- The largest value of each window, as nn.MaxPool2d; padding never wins.
local window = require "window"

local max_pool = {}

function max_pool.shape(node, inputs)
  return window.pool_shape(node.attrs, inputs[1])
end

return max_pool

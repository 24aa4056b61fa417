-- The largest value of each window, as nn.MaxPool2d; padding never wins.
local one_input = require "ops.one_input"
local window = require "window"

return one_input {
  shape = window.pool_shape, attributes = "dilation",
  -- The choice is a tap.
  choices = function(_, attributes) return attributes.kernel[1] * attributes.kernel[2] end,
}

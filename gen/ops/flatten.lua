-- All values of an image in one row, in PyTorch's order: channel, then height, then width.
local one_input = require "ops.one_input"

return one_input {
  shape = function(_, inputs)
    local x = inputs[1]
    return { height = 1, width = 1, channels = x.channels * x.height * x.width }
  end,
}

-- All values of an image in one row, in PyTorch's order: channel, then height, then width.
local flatten = {}

function flatten.shape(_, inputs)
  local x = inputs[1]
  return { height = 1, width = 1, channels = x.channels * x.height * x.width }
end

return flatten

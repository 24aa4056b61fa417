-- The mean over height and width of each channel, as nn.AdaptiveAvgPool2d(1).
local mean_pool = {}

function mean_pool.shape(_, inputs)
  return { height = 1, width = 1, channels = inputs[1].channels }
end

return mean_pool

-- The image, as float, normalised: (value / 255 - mean) / std by channel.
local input = {}

function input.shape(node)
  local a = node.attrs
  return { height = a.height, width = a.width, channels = a.channels }
end

return input

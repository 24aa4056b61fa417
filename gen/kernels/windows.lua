-- What pooling kernels share: the window and the shapes on both sides.
local positions = require "kernels.positions"

local windows = {}

function windows.values(node)
  local a = node.attributes
  local input, output = positions.ends(node)
  return {
    kh = a.kernel[1], kw = a.kernel[2], sy = a.stride[1], sx = a.stride[2], py = a.padding[1], px = a.padding[2],
    height = input.height, width = input.width, channels = input.channels, out_height = output.height, out_width = output.width,
  }
end

-- max_pool3x3s2_16c64_forward
function windows.name(text, key)
  return function(node)
    local a = node.attributes
    local full = string.format("%s%dx%ds%d", text, a.kernel[1], a.kernel[2], a.stride[1])
    return positions.name(full, key)(node)
  end
end

return windows

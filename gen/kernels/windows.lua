-- What pooling kernels share: the window and the shapes on both sides.
local positions = require "kernels.positions"

local windows = {}

-- Whether the last window along an axis ends beyond the padding.
local function is_cut(a, size, outputs, axis)
  return (outputs - 1) * a.stride[axis] + a.kernel[axis] > size + 2 * a.padding[axis]
end

function windows.values(node, graph)
  local a = node.attributes
  local input, output = positions.ends(node)
  local cut = is_cut(a, input.height, output.height, 1) or is_cut(a, input.width, output.width, 2)
  local v = {
    is_cut = cut, beyond = cut and ", what lies beyond not counted" or "",
    share = cut and "the area of each with its padding" or a.kernel[1] * a.kernel[2],
    kh = a.kernel[1], kw = a.kernel[2], sy = a.stride[1], sx = a.stride[2], py = a.padding[1], px = a.padding[2],
    height = input.height, width = input.width, channels = input.channels, out_height = output.height, out_width = output.width,
  }
  positions.add_units(v, node, graph)
  return v
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

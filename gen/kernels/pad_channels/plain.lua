-- A copy, position by position.
local positions = require "kernels.positions"

local function values(key)
  return function(node, graph)
    local a, v = node.attributes, positions.values(node:tensor(key).shape, graph)
    local input, output = positions.ends(node)
    v.before, v.after, v.sy, v.sx = a.before, a.after, a.stride[1], a.stride[2]
    v.width, v.inner, v.outer = input.width, input.channels, output.channels
    return v
  end
end

return {
  {
    op = "pad_channels", template = "kernels/pad_channels_forward.c", name = positions.name("pad_channels", "out"),
    values = values "out", narrow = true,
  },
  {
    op = "pad_channels_backward", template = "kernels/pad_channels_backward.c", name = positions.name("pad_channels", "d_x"),
    values = values "d_x", narrow = true,
  },
}

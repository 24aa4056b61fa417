local positions = require "kernels.positions"

local function values(key)
  return function(node)
    local shape = node:tensor(key).shape
    return {
      height = shape.height, width = shape.width, channels = shape.channels,
      assign = positions.assign(node, key) or "=",
    }
  end
end

return {
  {
    op = "flatten", template = "kernels/flatten_forward.c", name = positions.name("flatten", "x", positions.direction),
    values = values "x",
  },
  {
    op = "flatten_backward", template = "kernels/flatten_backward.c",
    name = positions.name("flatten", "d_x", "backward"), values = values "d_x",
  },
}

-- Image by image.
local positions = require "kernels.positions"

return {
  { op = "flatten", template = "kernels/flatten_forward.c", name = positions.name("flatten", "x") },
  { op = "flatten_backward", template = "kernels/flatten_backward.c", name = positions.name("flatten", "d_x") },
}

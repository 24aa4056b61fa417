-- Image by image forward, position by position backward.
local positions = require "kernels.positions"

return {
  {
    op = "mean_pool", template = "kernels/mean_pool_forward.c", name = positions.name("mean_pool", "x"),
    values = positions.of "x",
  },
  {
    op = "mean_pool_backward", template = "kernels/mean_pool_backward.c", name = positions.name("mean_pool", "d_x"),
    values = positions.of "d_x",
  },
}

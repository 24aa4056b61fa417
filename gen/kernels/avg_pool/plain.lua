local windows = require "kernels.windows"

return {
  {
    op = "avg_pool", template = "kernels/avg_pool_forward.c", name = windows.name("avg_pool", "x"),
    values = windows.values, narrow = true,
  },
  {
    op = "avg_pool_backward", template = "kernels/avg_pool_backward.c", name = windows.name("avg_pool", "d_x"),
    values = windows.values, narrow = true,
  },
}

local windows = require "kernels.windows"

return {
  {
    op = "max_pool", template = "kernels/max_pool_forward.c", name = windows.name("max_pool", "x"),
    values = windows.values, optional = { "choice" },
  },
  {
    op = "max_pool_backward", template = "kernels/max_pool_backward.c", name = windows.name("max_pool", "d_x"),
    values = windows.values,
  },
}

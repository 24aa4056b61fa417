-- Value by value.
local positions = require "kernels.positions"

return {
  {
    op = "relu", template = "kernels/relu_forward.c", name = positions.name("relu", "out"), values = positions.of "out",
    inplace = { { "out", "x" } },
  },
  {
    op = "relu_backward", template = "kernels/relu_backward.c", name = positions.name("relu", "d_x"),
    values = positions.of "d_x", inplace = { { "d_x", "d_out" } },
  },
}

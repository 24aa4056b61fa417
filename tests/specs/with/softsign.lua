-- An op in two files, this one and its template: x / (1 + |x|), as nn.Softsign.
local positions = require "kernels.positions"

local op = { name = "softsign" }

function op.shape(_, inputs) return inputs[1] end

function op.arguments(_, output, inputs) return { { "out", output, "w" }, { "x", inputs[1], "r" } } end

function op.backward(node, tape)
  local d_x, mode = tape:into(node:tensor "x")
  tape:emit("softsign_backward", {
    { "d_x", d_x, mode }, { "d_out", tape:gradient(node:tensor "out"), "r" }, { "out", node:tensor "out", "r" },
  })
end

return {
  words = { { word = "softsign", kind = "function", arguments = { "x" }, about = "x / (1 + |x|)." } },
  ops = { op },
  kernels = {
    {
      op = "softsign", template = "softsign.c", values = positions.of "out",
      name = positions.name("softsign", "out"), inplace = { { "out", "x" } }, optional = { "d_x" },
    },
    {
      op = "softsign_backward", template = "softsign.c", values = positions.of "d_x",
      name = positions.name("softsign", "d_x"), inplace = { { "d_x", "d_out" } }, optional = { "d_x" },
    },
  },
}

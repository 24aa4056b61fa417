-- An op in two files, this one and its template: the logistic function, as nn.Sigmoid.
local positions = require "kernels.positions"

local op = { name = "sigmoid" }

function op.shape(_, inputs) return inputs[1] end

function op.arguments(_, output, inputs) return { { "out", output, "w" }, { "x", inputs[1], "r" } } end

function op.backward(node, tape)
  local d_x, mode = tape:into(node:tensor "x")
  tape:emit("sigmoid_backward", {
    { "d_x", d_x, mode }, { "d_out", tape:gradient(node:tensor "out"), "r" }, { "out", node:tensor "out", "r" },
  })
end

return {
  words = { { word = "sigmoid", kind = "function", arguments = { "x" }, about = "1 / (1 + exp(-x))." } },
  ops = { op },
  kernels = {
    {
      op = "sigmoid", template = "sigmoid.c", values = positions.of "out",
      name = positions.name("sigmoid", "out"), inplace = { { "out", "x" } },
    },
    {
      op = "sigmoid_backward", template = "sigmoid.c", values = positions.of "d_x",
      name = positions.name("sigmoid", "d_x"), inplace = { { "d_x", "d_out" } },
    },
  },
}

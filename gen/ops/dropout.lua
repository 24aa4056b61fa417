-- Each value becomes 0 with probability p, else value / (1 - p), as nn.Dropout; nothing in evaluation.
local dropout = {}

function dropout.shape(_, inputs)
  return inputs[1]
end

function dropout.arguments(_, output, inputs)
  return { { "out", output, "w" }, { "x", inputs[1], "r" } }
end

function dropout.backward(node, tape)
  local d_x, mode = tape:into(node:tensor("x"))
  tape:emit("dropout_backward", { { "d_x", d_x, mode }, { "d_out", tape:gradient(node:tensor("out")), "r" } })
end

dropout.evaluate = "skip"

return dropout

-- All values of an image in one row, in PyTorch's order: channel, then height, then width.
local flatten = {}

function flatten.shape(_, inputs)
  local x = inputs[1]
  return { height = 1, width = 1, channels = x.channels * x.height * x.width }
end

function flatten.arguments(_, output, inputs)
  return { { "out", output, "w" }, { "x", inputs[1], "r" } }
end

function flatten.backward(node, tape)
  local d_x, mode = tape:into(node:tensor("x"))
  tape:emit("flatten_backward", { { "d_x", d_x, mode }, { "d_out", tape:gradient(node:tensor("out")), "r" } })
end

return flatten

-- max(x, 0), value by value.
local relu = {}

function relu.shape(_, inputs)
  return inputs[1]
end

function relu.arguments(_, output, inputs)
  return { { "out", output, "w" }, { "x", inputs[1], "r" } }
end

function relu.backward(node, tape)
  local d_x, mode = tape:into(node:tensor("x"))
  tape:emit("relu_backward", {
    { "d_x", d_x, mode }, { "d_out", tape:gradient(node:tensor("out")), "r" }, { "out", node:tensor("out"), "r" },
  })
end

return relu

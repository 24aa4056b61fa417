-- A fully connected layer, as nn.Linear.
local weight_init = require "weight_init"

local linear = { attributes = "activation slope factor approximate" } -- of fixed weights: fuse_stores

function linear.shape(node, inputs)
  local x = inputs[1]
  if x.height ~= 1 or x.width ~= 1 then
    return nil, string.format("input is %dx%dx%d (%s), not 1x1; use flatten or mean_pool first",
      x.height, x.width, x.channels, node.inputs[1].name)
  end
  return { height = 1, width = 1, channels = node.attributes.out }
end

function linear.parameters(node, inputs)
  local a = node.attributes
  return weight_init.parameters({ a.out, inputs[1].channels }, a.init, a.bias and (a.bias_init or "pytorch"))
end

function linear.arguments(_, output, inputs, parameters)
  return {
    { "out", output, "w" }, { "x", inputs[1], "r" }, { "weight", parameters.weight, "r" },
    parameters.bias and { "bias", parameters.bias, "r" },
  }
end

function linear.backward(node, tape)
  local x, weight, bias = node:tensor("x"), node:tensor("weight"), node:tensor("bias")
  local d_out = tape:gradient(node:tensor("out"))
  tape:emit("linear_grad_weight", {
    { "d_weight", tape:parameter(weight), "w" }, { "d_out", d_out, "r" }, { "x", x, "r" },
  })
  if bias then
    tape:emit("channel_sum", { { "sum", tape:parameter(bias), "w" }, { "x", d_out, "r" } })
  end
  local d_x, mode = tape:into(x)
  tape:emit("linear_grad_input", { { "d_x", d_x, mode }, { "d_out", d_out, "r" }, { "weight", weight, "r" } })
end

return linear

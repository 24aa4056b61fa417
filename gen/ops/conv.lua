-- Convolution, as nn.Conv2d: kernel, stride and dilation are {height, width}; padding, as
-- window.lua has it, is with zeros.
local weight_init = require "weight_init"
local window = require "window"

-- Beside what all windows have, what a layer of fixed weights does on store (fuse_stores).
local conv = { attributes = "ceil_mode activation slope factor approximate" }

function conv.shape(node, inputs)
  local attributes, x = node.attributes, inputs[1]
  local groups = attributes.groups
  if x.channels % groups ~= 0 then
    return nil, string.format("%d input channels are not divisible by %d groups", x.channels, groups)
  end
  if attributes.out % groups ~= 0 then
    return nil, string.format("%d output channels are not divisible by %d groups", attributes.out, groups)
  end
  if type(attributes.init) == "table" and attributes.init.kind == "whitening" then
    local fault = weight_init.refuse_whitening(attributes, x, node.inputs[1].op == "input")
    if fault then return nil, fault end
  end
  return window.shape(attributes, x, attributes.out)
end

function conv.parameters(node, inputs)
  local attributes = node.attributes
  local dims = { attributes.out, inputs[1].channels // attributes.groups, attributes.kernel[1], attributes.kernel[2] }
  return weight_init.parameters(dims, attributes.init, attributes.bias and (attributes.bias_init or "pytorch"))
end

function conv.arguments(_, output, inputs, parameters)
  return {
    { "out", output, "w" }, { "x", inputs[1], "r" }, { "weight", parameters.weight, "r" },
    parameters.bias and { "bias", parameters.bias, "r" },
  }
end

function conv.backward(node, tape)
  local x, weight, bias = node:tensor("x"), node:tensor("weight"), node:tensor("bias")
  local d_out = tape:gradient(node:tensor("out"))
  tape:emit("conv_grad_weight", {
    { "d_weight", tape:parameter(weight), "w" }, { "d_out", d_out, "r" }, { "x", x, "r" },
  })
  if bias then
    tape:emit("channel_sum", { { "sum", tape:parameter(bias), "w" }, { "x", d_out, "r" } })
  end
  local d_x, mode = tape:into(x)
  tape:emit("conv_grad_input", { { "d_x", d_x, mode }, { "d_out", d_out, "r" }, { "weight", weight, "r" } })
end

-- Evaluation needs no statistics of the output.
function conv.evaluate()
  return "conv", { out = "w", x = "r", weight = "r", bias = "r" }
end

return conv

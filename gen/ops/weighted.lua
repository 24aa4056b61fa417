-- A layer with a weight and perhaps a bias: what conv and linear share of what ops/init.lua asks for.
local weight_init = require "weight_init"

-- The parameters of a layer whose weight has these dims.
local function parameters(dims, attributes)
  return weight_init.parameters(dims, attributes.init, attributes.bias and (attributes.bias_init or "pytorch"))
end

local function arguments(_, output, inputs, made)
  return { { "out", output, "w" }, { "x", inputs[1], "r" }, { "weight", made.weight, "r" }, made.bias and { "bias", made.bias, "r" } }
end

local function backward(op)
  return function(node, tape)
    local x, weight, bias = node:tensor("x"), node:tensor("weight"), node:tensor("bias")
    local d_out = tape:gradient(node:tensor("out"))
    tape:emit(op .. "_grad_weight", { { "d_weight", tape:parameter(weight), "w" }, { "d_out", d_out, "r" }, { "x", x, "r" } })
    if bias then
      tape:emit("channel_sum", { { "sum", tape:parameter(bias), "w" }, { "x", d_out, "r" } })
    end
    local d_x, mode = tape:into(x)
    tape:emit(op .. "_grad_input", { { "d_x", d_x, mode }, { "d_out", d_out, "r" }, { "weight", weight, "r" } })
  end
end

-- attributes: the names of those that passes set; dims: (node, inputs) -> of the weight.
return function(op, attributes, dims)
  return {
    attributes = attributes, arguments = arguments, backward = backward(op),
    parameters = function(node, inputs) return parameters(dims(node, inputs), node.attributes) end,
  }
end

-- Normalisation of each image by groups of channels, over height and width, as nn.GroupNorm. What it normalises by is
-- computed again on the way back.
local weight_init = require "weight_init"

local group_norm = {}

function group_norm.shape(node, inputs)
  local x, groups = inputs[1], node.attributes.groups
  if x.channels % groups ~= 0 then
    return nil, string.format("%d channels are not divisible by %d groups", x.channels, groups)
  end
  return x
end

function group_norm.parameters(node, inputs)
  local a = node.attributes
  if not a.affine then return {} end
  return { weight_init.norm(inputs[1].channels, a.init, a.bias_init) }
end

function group_norm.arguments(_, output, inputs, parameters)
  return {
    { "out", output, "w" }, { "x", inputs[1], "r" },
    { "gamma", parameters.weight, "r" }, { "beta", parameters.bias, "r" },
  }
end

function group_norm.backward(node, tape)
  local gamma, beta = node:tensor("gamma"), node:tensor("beta")
  local d_x, mode = tape:into(node:tensor("x"))
  tape:emit("group_norm_backward", {
    { "d_x", d_x, mode }, { "d_out", tape:gradient(node:tensor("out")), "r" }, { "x", node:tensor("x"), "r" },
    { "gamma", gamma, "r" },
    { "d_gamma", gamma and tape:parameter(gamma), "w" }, { "d_beta", beta and tape:parameter(beta), "w" },
  })
end

return group_norm

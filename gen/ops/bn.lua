-- Batch normalisation over image, height and width, as nn.BatchNorm2d.
local activations = require "activations"
local weight_init = require "weight_init"

local bn = { attributes = activations.attributes } -- what fuse_ops joined to it

function bn.shape(_, inputs)
  return inputs[1]
end

function bn.refuse(shape, batch)
  if batch * shape.height * shape.width > 1 then return end
  return string.format("batch 1 of 1x1x%d leaves one value a channel, which has no variance", shape.channels)
end

function bn.parameters(node, inputs)
  local a, dims, list = node.attributes, { inputs[1].channels }, {}
  if a.affine then
    list[1], list[2] = weight_init.norm(dims[1], a.init, a.bias_init)
    list[1].frozen = not a.scale
  end
  list[#list + 1] = { name = "running_mean", dims = dims, init = "zeros", buffer = true }
  list[#list + 1] = { name = "running_var", dims = dims, init = "ones", buffer = true }
  list[#list + 1] = { name = "num_batches_tracked", dims = {}, init = "zeros", buffer = true, counter = true }
  return list
end

function bn.arguments(graph, output, inputs, parameters)
  local function statistic(name)
    local owner = parameters.running_mean.name:gsub("%.running_mean$", "")
    return graph:tensor { name = owner .. "." .. name, role = "statistic", dims = { inputs[1].shape.channels } }
  end
  return {
    { "out", output, "w" }, { "x", inputs[1], "r" },
    { "gamma", parameters.weight, "r" }, { "beta", parameters.bias, "r" },
    { "running_mean", parameters.running_mean, "rw" }, { "running_var", parameters.running_var, "rw" },
    { "mean", statistic("mean"), "w" }, { "inv_std", statistic("inv_std"), "w" },
  }
end

local function gradient_of(parameter, tape)
  if parameter then return tape:parameter(parameter) end
end

local function into_residual(residual, tape)
  if residual then return tape:into(residual) end
end

-- Through function and residual too, where fuse_ops joined them: the residual gets what the sum got.
function bn.backward(node, tape)
  local a, residual = node.attributes, node:tensor("residual")
  local d_residual, residual_mode = into_residual(residual, tape)
  local d_x, mode = tape:into(node:tensor("x"))
  tape:emit("bn_backward", {
    { "d_x", d_x, mode }, { "d_residual", d_residual, residual_mode },
    { "d_out", tape:gradient(node:tensor("out")), "r" }, { "x", node:tensor("x"), "r" },
    { "out", activations.keeps_result(a, residual) and node:tensor("out"), "r" },
    { "mean", node:tensor("mean"), "r" }, { "inv_std", node:tensor("inv_std"), "r" },
    { "gamma", node:tensor("gamma"), "r" }, { "beta", activations.takes_before(a, residual) and node:tensor("beta"), "r" },
    { "d_gamma", gradient_of(node:tensor("gamma"), tape), "w" }, { "d_beta", gradient_of(node:tensor("beta"), tape), "w" },
    n = 11,
  })
end

-- Evaluation scales and shifts by the running statistics.
function bn.evaluate()
  return "bn_evaluate", {
    out = "w", x = "r", residual = "r", gamma = "r", beta = "r", running_mean = "r", running_var = "r",
  }
end

-- A frozen layer does so in training, too: a factor a channel, which the gradient takes on its way back.
bn.frozen = {}

function bn.frozen.backward(node, tape)
  local d_residual, residual_mode = into_residual(node:tensor("residual"), tape)
  local d_x, mode = tape:into(node:tensor("x"))
  tape:emit("bn_evaluate_backward", {
    { "d_x", d_x, mode }, { "d_residual", d_residual, residual_mode },
    { "d_out", tape:gradient(node:tensor("out")), "r" },
    { "out", activations.keeps_result(node.attributes, true) and node:tensor("out"), "r" },
    { "gamma", d_x and node:tensor("gamma"), "r" }, { "running_var", d_x and node:tensor("running_var"), "r" },
  })
end

return bn

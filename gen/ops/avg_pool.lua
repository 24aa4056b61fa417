-- The mean of each window, as nn.AvgPool2d: padding counts as zeros.
local window = require "window"

local avg_pool = {}

function avg_pool.shape(node, inputs)
  return window.pool_shape(node.attributes, inputs[1])
end

function avg_pool.arguments(_, output, inputs)
  return { { "out", output, "w" }, { "x", inputs[1], "r" } }
end

function avg_pool.backward(node, tape)
  local d_x, mode = tape:into(node:tensor("x"))
  tape:emit("avg_pool_backward", { { "d_x", d_x, mode }, { "d_out", tape:gradient(node:tensor("out")), "r" } })
end

return avg_pool

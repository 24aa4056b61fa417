-- The mean over height and width of each channel, as nn.AdaptiveAvgPool2d(1).
local mean_pool = {}

function mean_pool.shape(_, inputs)
  return { height = 1, width = 1, channels = inputs[1].channels }
end

function mean_pool.arguments(_, output, inputs)
  return { { "out", output, "w" }, { "x", inputs[1], "r" } }
end

function mean_pool.backward(node, tape)
  local d_x, mode = tape:into(node:tensor("x"))
  tape:emit("mean_pool_backward", { { "d_x", d_x, mode }, { "d_out", tape:gradient(node:tensor("out")), "r" } })
end

return mean_pool

-- The mean of each part of the image, as nn.AdaptiveAvgPool2d: part i of `size` along an axis of n pixels goes from
-- i * n / size, rounded down, to (i + 1) * n / size, rounded up.
local adaptive_avg_pool = {}

function adaptive_avg_pool.shape(node, inputs)
  local size = node.attributes.size
  return { height = size[1], width = size[2], channels = inputs[1].channels }
end

function adaptive_avg_pool.arguments(_, output, inputs)
  return { { "out", output, "w" }, { "x", inputs[1], "r" } }
end

function adaptive_avg_pool.backward(node, tape)
  local d_x, mode = tape:into(node:tensor("x"))
  tape:emit("adaptive_avg_pool_backward", { { "d_x", d_x, mode }, { "d_out", tape:gradient(node:tensor("out")), "r" } })
end

return adaptive_avg_pool

-- The largest value of each part of the image, as nn.AdaptiveMaxPool2d; the parts are those of adaptive_avg_pool.
local layout = require "layout"

local adaptive_max_pool = {}

function adaptive_max_pool.shape(node, inputs)
  local size = node.attributes.size
  return { height = size[1], width = size[2], channels = inputs[1].channels }
end

-- `choice` is the position that won, for the way back, in the smallest type that holds the image's last one.
function adaptive_max_pool.arguments(graph, output, inputs)
  local positions = inputs[1].shape.height * inputs[1].shape.width
  local choice = graph:tensor {
    name = output.name .. ".choice", role = "choice", type = layout.unsigned(positions - 1), shape = output.shape,
  }
  return { { "out", output, "w" }, { "x", inputs[1], "r" }, { "choice", choice, "w" } }
end

function adaptive_max_pool.backward(node, tape)
  local d_x, mode = tape:into(node:tensor("x"))
  tape:emit("adaptive_max_pool_backward", {
    { "d_x", d_x, mode }, { "d_out", tape:gradient(node:tensor("out")), "r" }, { "choice", node:tensor("choice"), "r" },
  })
end

function adaptive_max_pool.evaluate()
  return "adaptive_max_pool", { out = "w", x = "r" }
end

return adaptive_max_pool

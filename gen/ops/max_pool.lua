-- The largest value of each window, as nn.MaxPool2d; padding never wins.
local layout = require "layout"
local window = require "window"

local max_pool = {}

function max_pool.shape(node, inputs)
  return window.pool_shape(node.attributes, inputs[1])
end

-- `choice` is the tap that won, for the way back, in the smallest type that holds the window's last one.
function max_pool.arguments(graph, output, inputs, _, attributes)
  local taps = attributes.kernel[1] * attributes.kernel[2]
  local choice = graph:tensor {
    name = output.name .. ".choice", role = "choice", type = layout.unsigned(taps - 1), shape = output.shape,
  }
  return { { "out", output, "w" }, { "x", inputs[1], "r" }, { "choice", choice, "w" } }
end

function max_pool.backward(node, tape)
  local d_x, mode = tape:into(node:tensor("x"))
  tape:emit("max_pool_backward", {
    { "d_x", d_x, mode }, { "d_out", tape:gradient(node:tensor("out")), "r" },
    { "choice", node:tensor("choice"), "r" },
  })
end

function max_pool.evaluate()
  return "max_pool", { out = "w", x = "r" }
end

return max_pool

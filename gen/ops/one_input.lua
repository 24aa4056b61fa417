-- An op with one input and no parameters: what such ops share of what ops/init.lua asks for. `op` may have
--   shape    if that is not the input's
--   keeps    "out" or "x": what the way back needs beside the gradient
--   choices  (shape of x, attributes) -> among how many values an output is chosen: the way back keeps which, in the
--            smallest type that holds the last one
local layout = require "layout"

local function with_choice(op)
  local choices = op.choices
  op.choices = nil

  function op.arguments(graph, output, inputs, _, attributes)
    local choice = graph:tensor {
      name = output.name .. ".choice", role = "choice", type = layout.unsigned(choices(inputs[1].shape, attributes) - 1),
      shape = output.shape,
    }
    return { { "out", output, "w" }, { "x", inputs[1], "r" }, { "choice", choice, "w" } }
  end

  function op.evaluate() return op.name, { out = "w", x = "r" } end
end

return function(op)
  local keeps = op.choices and "choice" or op.keeps
  op.keeps = nil
  op.shape = op.shape or function(_, inputs) return inputs[1] end
  function op.arguments(_, output, inputs) return { { "out", output, "w" }, { "x", inputs[1], "r" } } end
  if op.choices then with_choice(op) end

  function op.backward(node, tape)
    local d_x, mode = tape:into(node:tensor("x"))
    tape:emit(op.name .. "_backward", {
      { "d_x", d_x, mode }, { "d_out", tape:gradient(node:tensor("out")), "r" }, keeps and { keeps, node:tensor(keeps), "r" },
    })
  end

  return op
end

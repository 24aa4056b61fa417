-- The sum of two tensors of one shape; nothing is broadcast.
local activations = require "activations"

local add = { attributes = activations.attributes } -- what fuse_ops joined to it

function add.shape(node, inputs)
  local a, b = inputs[1], inputs[2]
  if a.height ~= b.height or a.width ~= b.width or a.channels ~= b.channels then
    return nil, string.format("left is %dx%dx%d (%s), right is %dx%dx%d (%s)",
      a.height, a.width, a.channels, node.inputs[1].name,
      b.height, b.width, b.channels, node.inputs[2].name)
  end
  return a
end

function add.arguments(_, output, inputs)
  return { { "out", output, "w" }, { "left", inputs[1], "r" }, { "right", inputs[2], "r" } }
end

-- Both sides get the sum's gradient, through the function where fuse_ops joined one.
function add.backward(node, tape)
  for _, key in ipairs { "left", "right" } do
    local d_x, mode = tape:into(node:tensor(key))
    tape:emit("add_backward", {
      { "d_x", d_x, mode }, { "d_out", tape:gradient(node:tensor("out")), "r" },
      { "out", activations.keeps_result(node.attributes, true) and node:tensor("out"), "r" },
    })
  end
end

return add

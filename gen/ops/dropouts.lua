-- Each value, channel of an image (dropout2d) or image (drop_path) becomes 0 with probability p, else itself / (1 - p), as
-- nn.Dropout, nn.Dropout2d and torchvision's StochasticDepth by row; nothing in evaluation.
local dropouts = {}

local function op_of(name)
  local op = {}

  function op.shape(_, inputs)
    return inputs[1]
  end

  function op.arguments(_, output, inputs)
    return { { "out", output, "w" }, { "x", inputs[1], "r" } }
  end

  function op.backward(node, tape)
    local d_x, mode = tape:into(node:tensor("x"))
    tape:emit(name .. "_backward", { { "d_x", d_x, mode }, { "d_out", tape:gradient(node:tensor("out")), "r" } })
  end

  op.evaluate = "skip"
  return op
end

for _, name in ipairs { "dropout", "dropout2d", "drop_path" } do dropouts[name] = op_of(name) end

return dropouts

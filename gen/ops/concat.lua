-- The channels of several tensors side by side, as torch.cat(..., 1).
local concat = { attributes = "first" } -- of the way back

function concat.shape(node, inputs)
  local first, channels = inputs[1], 0
  for i, x in ipairs(inputs) do
    if x.height ~= first.height or x.width ~= first.width then
      return nil, string.format("%s is %dx%d, but %s is %dx%d; all must have one height and width",
        node.inputs[1].name, first.height, first.width, node.inputs[i].name, x.height, x.width)
    end
    channels = channels + x.channels
  end
  return { height = first.height, width = first.width, channels = channels }
end

function concat.arguments(_, output, inputs)
  local list = { { "out", output, "w" } }
  for i, x in ipairs(inputs) do list[i + 1] = { "x" .. i, x, "r" } end
  return list
end

-- Each input gets its channels of the gradient, from `first` on.
function concat.backward(node, tape)
  local first = 0
  for _, argument in ipairs(node.arguments) do
    if argument.key ~= "out" then
      local d_x, mode = tape:into(argument.tensor)
      tape:emit("concat_backward", { { "d_x", d_x, mode }, { "d_out", tape:gradient(node:tensor("out")), "r" } },
        { first = first })
      first = first + argument.tensor.shape.channels
    end
  end
end

return concat

-- The sum of two tensors of one shape; nothing is broadcast.
local add = {}

function add.shape(node, inputs)
  local a, b = inputs[1], inputs[2]
  if a.height ~= b.height or a.width ~= b.width or a.channels ~= b.channels then
    return nil, string.format("left is %dx%dx%d (%s), right is %dx%dx%d (%s)",
      a.height, a.width, a.channels, node.inputs[1].name,
      b.height, b.width, b.channels, node.inputs[2].name)
  end
  return a
end

return add

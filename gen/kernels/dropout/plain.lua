local positions = require "kernels.positions"

local extra = { "seed", "update" }

-- Dropout layers of one network draw different numbers: the salt is made of the layer's name.
local function values(key)
  return function(node, graph)
    local v = positions.values(node:tensor(key).shape, graph)
    local salt = 0
    for i = 1, #node.name do salt = (salt * 31 + node.name:byte(i)) % 2147483647 end
    v.salt = salt
    v.keep = 1 - node.attributes.p
    v.threshold = math.floor(node.attributes.p * 4294967296)
    return v
  end
end

return {
  {
    op = "dropout", template = "kernels/dropout.c", name = positions.name("dropout", "out"),
    values = values "out", inplace = { { "out", "x" } }, extra = extra,
  },
  {
    op = "dropout_backward", template = "kernels/dropout.c", name = positions.name("dropout", "d_x"),
    values = values "d_x", inplace = { { "d_x", "d_out" } }, extra = extra,
  },
}

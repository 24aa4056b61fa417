local positions = require "kernels.positions"

local extra = { "seed", "update" }

-- What each draw is for.
local each = { dropout = "element", dropout2d = "channel of an image", drop_path = "image" }

-- Dropout layers of one network draw different numbers: the salt is made of the layer's name.
local function values(op, to, from)
  return function(node, graph)
    local v = positions.values(node:tensor(to).shape, graph)
    local salt = 0
    for i = 1, #node.name do salt = (salt * 31 + node.name:byte(i)) % 2147483647 end
    v.salt, v.to, v.from = salt, to, from
    v.op, v.each = op, each[op]
    v.keep = 1 - node.attributes.p
    v.threshold = math.floor(node.attributes.p * 4294967296)
    return v
  end
end

local list = {}
for _, op in ipairs { "dropout", "dropout2d", "drop_path" } do
  list[#list + 1] = {
    op = op, template = "kernels/dropout.c", name = positions.name(op, "out"), values = values(op, "out", "x"),
    inplace = { { "out", "x" } }, extra = extra,
  }
  list[#list + 1] = {
    op = op .. "_backward", template = "kernels/dropout.c", name = positions.name(op, "d_x"), values = values(op, "d_x", "d_out"),
    inplace = { { "d_x", "d_out" } }, extra = extra,
  }
end
return list

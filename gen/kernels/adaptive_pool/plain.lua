-- Parts of the image, position by position of the result; backward each input gathers from the parts that hold it.
local positions = require "kernels.positions"

local function values(node, graph)
  local input, output = positions.ends(node)
  local v = {
    height = input.height, width = input.width, channels = input.channels, out_height = output.height, out_width = output.width,
  }
  positions.add_units(v, node, graph)
  return v
end

local function name(text, key)
  return function(node)
    local _, output = positions.ends(node)
    return positions.name(string.format("%s%dx%d", text, output.height, output.width), key)(node)
  end
end

local list = {}
for _, op in ipairs { "adaptive_avg_pool", "adaptive_max_pool" } do
  list[#list + 1] = { op = op, template = "kernels/" .. op .. "_forward.c", name = name(op, "x"), values = values,
    optional = op == "adaptive_max_pool" and { "choice" } or nil }
  list[#list + 1] = {
    op = op .. "_backward", template = "kernels/" .. op .. "_backward.c", name = name(op, "d_x"), values = values,
  }
end
return list

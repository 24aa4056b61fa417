-- The image, as float, normalised: (value / 255 - mean) / std by channel.
local input = { attributes = "height width channels" }

function input.shape(node)
  local a = node.attributes
  return { height = a.height, width = a.width, channels = a.channels }
end

function input.arguments(graph, output)
  return { { "out", output, "w" }, { "images", graph.images, "r" } }
end

return input

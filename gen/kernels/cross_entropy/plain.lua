local text = require "emit.text"

-- weights: of the classes, as the items of an array, if they are weighted.
local function values(node)
  local attributes, weights = node.attributes, {}
  for i, weight in ipairs(attributes.class_weights or {}) do weights[i] = text.f32(weight) end
  return {
    classes = node:tensor("logits").shape.channels, smoothing = attributes.label_smoothing,
    weighted = #weights > 0, weights = table.concat(weights, ", "),
  }
end

local function name(suffix)
  return function(node)
    return string.format("cross_entropy_c%d_%s", node:tensor("logits").shape.channels, suffix)
  end
end

return {
  {
    op = "cross_entropy", serial = true, template = "kernels/cross_entropy_forward.c", values = values, name = name "forward",
  },
  {
    op = "cross_entropy_backward", serial = true, template = "kernels/cross_entropy_backward.c", values = values,
    name = name "backward",
  },
}

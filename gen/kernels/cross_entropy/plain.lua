-- weights: of the classes, if they are weighted.
local function values(node)
  local smoothing, weights = node.attributes.label_smoothing, node.attributes.class_weights or {}
  return {
    classes = node:tensor("logits").shape.channels, smoothing = smoothing, target = smoothing > 0 and "target'" or "target",
    weighted = #weights > 0, weights = weights,
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

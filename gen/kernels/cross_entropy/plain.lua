local function values(node)
  local logits = node:tensor("logits").shape
  return { classes = logits.channels, smoothing = node.attributes.label_smoothing }
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

-- Arithmetic of a window (kernel, stride, dilation: each {height, width}) that slides over an image. Its padding is
-- {height, width} or, with more or less below and right of it, {top, left, bottom, right}.
local window = {}

-- How many windows fit, as PyTorch counts them: one that would only partly fit is left out or, with `ceil`, counts if it
-- begins within the image or the padding before it. `padding` is that of both sides, `before` of the first. Zero or less
-- means that not even one fits.
function window.count(size, kernel, stride, padding, before, ceil)
  local room = size + padding - kernel
  local count = (ceil and room >= 0 and -(-room // stride) or room // stride) + 1
  if ceil and (count - 1) * stride >= size + before then count = count - 1 end
  return count
end

-- Pixels that the window spans along an axis.
function window.span(attributes, axis)
  local dilation = attributes.dilation and attributes.dilation[axis] or 1
  return dilation * (attributes.kernel[axis] - 1) + 1
end

local function count(attributes, size, axis)
  local before = attributes.padding[axis]
  local after = attributes.padding[axis + 2] or before
  return window.count(size, window.span(attributes, axis), attributes.stride[axis], before + after, before, attributes.ceil_mode)
end

-- The shape that the window of `attributes` leaves of `input`, with `channels` channels, or nil and a message.
function window.shape(attributes, input, channels)
  local height, width = count(attributes, input.height, 1), count(attributes, input.width, 2)
  if height < 1 or width < 1 then
    local dilation = window.span(attributes, 1) > attributes.kernel[1] or window.span(attributes, 2) > attributes.kernel[2]
    return nil, string.format("kernel %dx%d%s does not fit %dx%d with padding %s",
      attributes.kernel[1], attributes.kernel[2],
      dilation and string.format(" with dilation %dx%d", attributes.dilation[1], attributes.dilation[2]) or "",
      input.height, input.width, table.concat(attributes.padding, "x"))
  end
  return { height = height, width = width, channels = channels }
end

-- The padding that leaves an image as large as it is, of a window with stride 1: what is odd goes below and right, as
-- PyTorch has it.
function window.same_padding(attributes)
  local padding = {}
  for axis = 1, 2 do
    local both = window.span(attributes, axis) - 1
    padding[axis], padding[axis + 2] = both // 2, both - both // 2
  end
  return window.shortest(padding)
end

-- {height, width} where that says as much as {top, left, bottom, right}.
function window.shortest(padding)
  if padding[1] == padding[3] and padding[2] == padding[4] then return { padding[1], padding[2] } end
  return padding
end

-- The shape of a pool, as an op's rule. A window must touch at least one real value, hence the limit on padding.
function window.pool_shape(node, inputs)
  local attributes = node.attributes
  for i = 1, 2 do
    if 2 * attributes.padding[i] > attributes.kernel[i] then
      return nil, string.format("padding %dx%d is more than half the kernel %dx%d",
        attributes.padding[1], attributes.padding[2], attributes.kernel[1], attributes.kernel[2])
    end
  end
  return window.shape(attributes, inputs[1], inputs[1].channels)
end

-- The shape of a pool over as many parts of the image as `size` says, as an op's rule.
function window.adaptive_shape(node, inputs)
  local size = node.attributes.size
  return { height = size[1], width = size[2], channels = inputs[1].channels }
end

return window

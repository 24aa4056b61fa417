-- Arithmetic of a window (kernel, stride, padding: each {height, width}) that slides over an image.
local window = {}

-- How many windows fit, as PyTorch counts them: a window that would only partly fit is left out.
-- Zero or less means that not even one fits.
function window.count(size, kernel, stride, padding)
  return (size + 2 * padding - kernel) // stride + 1
end

-- The shape that the window of `attributes` leaves of `input`, with `channels` channels, or nil and a message.
function window.shape(attributes, input, channels)
  local kernel, stride, padding = attributes.kernel, attributes.stride, attributes.padding
  local height = window.count(input.height, kernel[1], stride[1], padding[1])
  local width = window.count(input.width, kernel[2], stride[2], padding[2])
  if height < 1 or width < 1 then
    return nil, string.format("kernel %dx%d does not fit %dx%d with padding %dx%d",
      kernel[1], kernel[2], input.height, input.width, padding[1], padding[2])
  end
  return { height = height, width = width, channels = channels }
end

-- The shape of a pool. A window must touch at least one real value, hence the limit on padding.
function window.pool_shape(attributes, input)
  for i = 1, 2 do
    if 2 * attributes.padding[i] > attributes.kernel[i] then
      return nil, string.format("padding %dx%d is more than half the kernel %dx%d",
        attributes.padding[1], attributes.padding[2], attributes.kernel[1], attributes.kernel[2])
    end
  end
  return window.shape(attributes, input, input.channels)
end

return window

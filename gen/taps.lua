-- What each tap of a convolution's kernel can reach, known once shapes are.
local taps = {}

local function ceil_div(a, b) return -(-a // b) end

-- The outputs [first, last) along one axis for which output * stride + offset lies in [0, size).
local function reach(offset, stride, size, outputs)
  local first = math.max(0, ceil_div(-offset, stride))
  local last = math.min(outputs, ceil_div(size - offset, stride))
  return first, math.max(first, last)
end

-- One entry a tap, in row-major order of the kernel: its offset dy, dx from output * stride to the
-- input it reads, and the rectangle y0 <= y < y1, x0 <= x < x1 of outputs where that input exists.
-- `dead` taps have none. Kernels may have 65,536 taps: their tables are kept small.
function taps.analyse(attributes, input, output)
  local list = {}
  local kernel, stride, padding = attributes.kernel, attributes.stride, attributes.padding
  local dilation = attributes.dilation or { 1, 1 }
  for ky = 0, kernel[1] - 1 do
    for kx = 0, kernel[2] - 1 do
      local tap = { dy = ky * dilation[1] - padding[1], dx = kx * dilation[2] - padding[2] }
      tap.y0, tap.y1 = reach(tap.dy, stride[1], input.height, output.height)
      tap.x0, tap.x1 = reach(tap.dx, stride[2], input.width, output.width)
      if tap.y0 == tap.y1 or tap.x0 == tap.x1 then tap.dead = true end
      list[#list + 1] = tap
    end
  end
  return list
end

-- What the table is called in C: taps_3x3_s2x2_p1x1_32x32_16x16. All that the taps depend on is in it.
function taps.name(attributes, input, output)
  local kernel, stride, padding = attributes.kernel, attributes.stride, attributes.padding
  local text = string.format("taps_%dx%d_s%dx%d_p%dx%d_%dx%d_%dx%d", kernel[1], kernel[2], stride[1], stride[2], padding[1],
    padding[2], input.height, input.width, output.height, output.width)
  local dilation = attributes.dilation
  if not dilation or dilation[1] == 1 and dilation[2] == 1 then return text end
  return string.format("%s_d%dx%d", text, dilation[1], dilation[2])
end

function taps.covers(tap, output)
  return tap.y0 == 0 and tap.y1 == output.height and tap.x0 == 0 and tap.x1 == output.width
end

-- The live taps in the order of computation: one that reaches every output comes first, if there is
-- one, so that it can write where the others add; the middle one by preference.
function taps.order(list, output)
  local live, first = {}, nil
  for _, tap in ipairs(list) do
    if not tap.dead then
      live[#live + 1] = tap
      if taps.covers(tap, output)
        and (not first or math.abs(tap.dy) + math.abs(tap.dx) < math.abs(first.dy) + math.abs(first.dx)) then
        first = tap
      end
    end
  end
  local ordered = { first }
  for _, tap in ipairs(live) do
    if tap ~= first then ordered[#ordered + 1] = tap end
  end
  return ordered
end

-- How many (tap, output) pairs there are: multiply-adds a pair of channels and an image.
function taps.pairs(list)
  local sum = 0
  for _, tap in ipairs(list) do
    sum = sum + (tap.y1 - tap.y0) * (tap.x1 - tap.x0)
  end
  return sum
end

return taps

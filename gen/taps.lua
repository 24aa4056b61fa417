-- What each tap of a convolution's kernel can reach, known once shapes are.
local taps = {}

local function ceil_div(a, b) return -(-a // b) end

-- The outputs [first, last) along one axis for which output * stride + offset lies in [0, size).
local function reach(offset, stride, size, outputs)
  local first = math.max(0, ceil_div(-offset, stride))
  local last = math.min(outputs, ceil_div(size - offset, stride))
  return first, math.max(first, last)
end

-- The places of a kernel along one axis: { offset from output * stride to the input, the outputs [first, last) where that
-- input exists, dead if there are none } ...
local function axis(kernel, stride, padding, dilation, size, outputs)
  local list = {}
  for k = 0, kernel - 1 do
    local offset = k * dilation - padding
    local first, last = reach(offset, stride, size, outputs)
    list[k + 1] = { offset = offset, first = first, last = last, dead = first == last }
  end
  return list
end

-- A list of taps: those of `rows` times `columns` in row-major order, or the one at place `front` of these before the
-- others. It has two axes, and makes a tap when it is asked for one, since a kernel may have 65,536 of them. A tap:
--   place               its place in row-major order, from 0 on
--   dy, dx              from output * stride to the input that it reads
--   y0, y1, x0, x1      the rectangle y0 <= y < y1, x0 <= x < x1 of outputs where that input exists
--   dead                true where there are none
local list_of = {}

function list_of:__len() return #self.rows * #self.columns end

function list_of:__index(i)
  if math.type(i) ~= "integer" or i < 1 or i > #self then return nil end
  local place, front = i - 1, rawget(self, "front")
  if front and i == 1 then place = front elseif front and i - 1 <= front then place = i - 2 end
  local row, column = self.rows[place // #self.columns + 1], self.columns[place % #self.columns + 1]
  return {
    place = place, dy = row.offset, dx = column.offset, y0 = row.first, y1 = row.last, x0 = column.first, x1 = column.last,
    dead = row.dead or column.dead or nil,
  }
end

local function list(rows, columns, front)
  return setmetatable({ rows = rows, columns = columns, front = front }, list_of)
end

-- All taps of a kernel.
function taps.analyse(attributes, input, output)
  local kernel, stride, padding = attributes.kernel, attributes.stride, attributes.padding
  local dilation = attributes.dilation or { 1, 1 }
  return list(axis(kernel[1], stride[1], padding[1], dilation[1], input.height, output.height),
    axis(kernel[2], stride[2], padding[2], dilation[2], input.width, output.width))
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

local function live_of(axis_list)
  local live = {}
  for _, place in ipairs(axis_list) do
    if not place.dead then live[#live + 1] = place end
  end
  return live
end

-- The number, from 0 on, of the place that reaches all outputs and is nearest to the middle; nil: there is none.
local function middle(axis_list, outputs)
  local best
  for i, place in ipairs(axis_list) do
    if place.first == 0 and place.last == outputs
      and (not best or math.abs(place.offset) < math.abs(axis_list[best].offset)) then best = i end
  end
  return best and best - 1
end

-- The live taps in the order of computation: one that reaches every output comes first, if there is
-- one, so that it can write where the others add; the middle one by preference.
function taps.order(all, output)
  local rows, columns = live_of(all.rows), live_of(all.columns)
  local row, column = middle(rows, output.height), middle(columns, output.width)
  return list(rows, columns, row and column and row * #columns + column)
end

-- The same taps in row-major order, for kernels that take them so.
function taps.by_place(ordered)
  local sorted = list(ordered.rows, ordered.columns)
  sorted.name = ordered.name .. "_by_place"
  return sorted
end

-- For each of all taps its place among the live ones or (as ~place) among the dead ones; how many live, how many are dead.
function taps.map(all)
  local map, live, dead = {}, 0, 0
  for _, row in ipairs(all.rows) do
    for _, column in ipairs(all.columns) do
      if row.dead or column.dead then
        map[#map + 1], dead = ~dead, dead + 1
      else
        map[#map + 1], live = live, live + 1
      end
    end
  end
  return map, live, dead
end

-- How many (tap, output) pairs there are: multiply-adds a pair of channels and an image.
function taps.pairs(of)
  local function sum(axis_list)
    local count = 0
    for _, place in ipairs(axis_list) do count = count + place.last - place.first end
    return count
  end
  return sum(of.rows) * sum(of.columns)
end

return taps

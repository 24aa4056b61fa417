-- The values of a tensor, row by row, as an iterator over strings of a bounded size.
local values = {}

local most_pieces = 8192     -- strings joined at once
local most_bytes = 1 << 20

-- Merges dimensions whose values follow each other: a contiguous tensor becomes one run.
-- Gives sizes and strides of the dimensions outside a run, and the run's length, in values.
local function runs(shape, stride)
  local run, last = 1, #shape
  while last > 0 and (shape[last] == 1 or stride[last] == run) do
    run = run * shape[last]
    last = last - 1
  end
  return last, run
end

-- Calls visit(offset) for the start of every run, in order. Offsets are in values.
local function each_run(shape, stride, last, visit)
  local index, offset = {}, 0
  for i = 1, last do index[i] = 0 end
  while true do
    visit(offset)
    local i = last
    while i > 0 do
      index[i] = index[i] + 1
      offset = offset + stride[i]
      if index[i] < shape[i] then break end
      offset = offset - index[i] * stride[i]
      index[i] = 0
      i = i - 1
    end
    if i == 0 then return end
  end
end

-- Short runs are cut from the bytes that hold the whole tensor, read once.
local function gather(file, entry, last, run)
  local span = 1
  for i, size in ipairs(entry.shape) do span = span + (size - 1) * entry.stride[i] end
  local size = entry.dtype.size
  local text = file:read(entry.first, span * size, "a tensor")
  local parts, filled, bytes = {}, 0, 0
  local length = run * size
  each_run(entry.shape, entry.stride, last, function(offset)
    filled = filled + 1
    parts[filled] = text:sub(offset * size + 1, offset * size + length)
    bytes = bytes + length
    if filled == most_pieces or bytes >= most_bytes then
      coroutine.yield(table.concat(parts, "", 1, filled))
      filled, bytes = 0, 0
    end
  end)
  if filled > 0 then coroutine.yield(table.concat(parts, "", 1, filled)) end
end

-- entry: as in tensors.lua.
function values.pieces(file, entry)
  if entry.count == 0 then return function() end end
  local last, run = runs(entry.shape, entry.stride)
  if last == 0 then return file:pieces(entry.first, run * entry.dtype.size, entry.name) end
  return coroutine.wrap(function() gather(file, entry, last, run) end)
end

return values

-- safetensors: 8 bytes with the header's length, the header in JSON, then the values.
local fail = require "convert.fail"
local dtypes = require "convert.dtypes"
local json = require "convert.json"
local tensors = require "convert.tensors"

local safetensors = {}

local length_bytes = 8
local longest_header = 32 << 20  -- bytes; ResNet-18's has 10 thousand
local most_dimensions = 8

function safetensors.is(file)
  if file.size < length_bytes + 2 then return false end
  local length, brace = string.unpack("<i8c1", file:read(0, length_bytes + 1, "the header"))
  return length >= 2 and length <= file.size - length_bytes and brace == "{"
end

local function is_list(value, count)
  return type(value) == "table" and (not count or #value == count)
end

local function entry(name, info, data, data_bytes)
  local dtype = type(info.dtype) == "string" and dtypes.by_name[info.dtype]
  if not dtype then
    fail.because("leave it out", "tensor %s has an unknown dtype, %s", name, type(info.dtype) == "string" and info.dtype or "none")
  end
  if not is_list(info.shape) or not is_list(info.data_offsets, 2) then fail.damaged("tensor %s has no shape or place", name) end
  if #info.shape > most_dimensions then
    fail.because("leave it out", "tensor %s has more than %d dimensions", name, most_dimensions)
  end
  local first, last = info.data_offsets[1], info.data_offsets[2]
  local count = tensors.count(name, info.shape)
  if first > last or last > data_bytes or last - first ~= count * dtype.size then
    fail.damaged("tensor %s: its place does not fit its shape or the file", name)
  end
  return { name = name, dtype = dtype, shape = info.shape, count = count, bytes = last - first, first = data + first }
end

-- Tensors must fill the data without overlap or hole.
local function check_places(list, data, size)
  local sorted = table.move(list, 1, #list, 1, {})
  table.sort(sorted, function(a, b)
    if a.first ~= b.first then return a.first < b.first end
    return a.bytes < b.bytes
  end)
  local at = data
  for _, tensor in ipairs(sorted) do
    if tensor.first ~= at then fail.damaged("tensor %s overlaps another or leaves a hole", tensor.name) end
    at = at + tensor.bytes
  end
  if at ~= size then fail.damaged("%d bytes are left at the end", size - at) end
end

-- List of {name, dtype, shape, count, bytes, first (from the start of the file)}, in the header's order.
function safetensors.read(file)
  local length = string.unpack("<i8", file:read(0, length_bytes, "the header"))
  if length > longest_header then fail.because("split it", "the header is above %d MB", longest_header >> 20) end
  local by_name, names = json.read(file:read(length_bytes, length, "the header"))
  local data = length_bytes + length
  local list = {}
  for _, name in ipairs(names) do
    if name ~= "__metadata__" then list[#list + 1] = entry(name, by_name[name], data, file.size - data) end
  end
  if #list == 0 then fail.because("give a file of weights", "holds no tensors") end
  check_places(list, data, file.size)
  return list
end

-- Values lie with the largest first, so that every value is aligned to its size; the header keeps the order.
local sizes = { 8, 4, 2, 1 }

local function places(entries)
  local first, at = {}, 0
  for _, size in ipairs(sizes) do
    for i, tensor in ipairs(entries) do
      if tensor.dtype.size == size then
        first[i] = at
        at = at + tensor.count * size
      end
    end
  end
  return first
end

local function header(entries)
  local first, parts = places(entries), { '{"__metadata__":{"format":"pt"}' }
  for i, tensor in ipairs(entries) do
    parts[i + 1] = string.format('%s:{"dtype":"%s","shape":[%s],"data_offsets":[%d,%d]}', json.quote(tensor.name),
      tensor.dtype.name, table.concat(tensor.shape, ","), first[i], first[i] + tensor.count * tensor.dtype.size)
  end
  local text = table.concat(parts, ",") .. "}"
  return text .. (" "):rep(-#text % 8)
end

-- entries: {name, dtype, shape, count, pieces() -> iterator over strings}.
function safetensors.write(output, entries)
  output:write(string.pack("<s8", header(entries)))
  for _, size in ipairs(sizes) do
    for _, tensor in ipairs(entries) do
      if tensor.dtype.size == size then
        for piece in tensor.pieces() do output:write(piece) end
      end
    end
  end
end

return safetensors

-- From what a .pth holds to a list of checked tensors.
-- Each: {name, shape, stride, dtype, count (values), first (byte of the file where value 0 lies)}.
local dtypes = require "convert.dtypes"
local fail = require "convert.fail"

local tensors = {}

local most = 1 << 48    -- values of one tensor; far from what 64 bits of bytes overflow at
local most_tensors = 65536

-- A file may show the same values as many tensors; what comes out is bounded by the size of the file.
local growth, allowance = 8, 1 << 20

local function is(value, kind)
  return type(value) == "table" and value.kind == kind
end

-- How many values a shape has.
function tensors.count(name, shape)
  local count = 1
  for _, size in ipairs(shape) do
    if size == 0 then return 0 end
  end
  for _, size in ipairs(shape) do
    if size > most // count then fail.damaged("tensor %s is too large", name) end
    count = count * size
  end
  return count
end

-- The last value a tensor touches must lie in its storage. `available`: values of its type there.
local function check_bounds(name, value, available)
  local last = value.offset
  for i, size in ipairs(value.shape) do
    local stride = value.stride[i]
    if size > 1 and stride > available // (size - 1) then fail.damaged("tensor %s reaches beyond its storage", name) end
    if size > 1 then last = last + (size - 1) * stride end
  end
  if value.offset > available or last >= available then fail.damaged("tensor %s reaches beyond its storage", name) end
end

local function entry(name, value, locate)
  if not utf8.len(name) then fail.damaged("the name of tensor %s is not UTF-8", name) end
  local dtype, storage = value.dtype, value.storage
  local count = tensors.count(name, value.shape)
  local first = locate(storage) + storage.first * storage.dtype.size
  if count > 0 then check_bounds(name, value, storage.count * storage.dtype.size // dtype.size) end
  return {
    name = name, shape = value.shape, stride = value.stride, dtype = dtype, count = count,
    first = first + value.offset * dtype.size,
  }
end

-- The tensors of `dict` in their order, and the names of those that are there in a form or type that safetensors
-- has not. What is no tensor, or has no name, is passed over. locate(storage) gives the place of its bytes,
-- file_bytes the size of the file.
function tensors.list(dict, locate, file_bytes)
  local list, left, bytes = {}, {}, 0
  if #dict.keys > most_tensors then fail.because("split it", "holds more than %d tensors", most_tensors) end
  for _, name in ipairs(dict.keys) do
    local value = dict.values[name]
    if type(name) == "string" and is(value, "tensor") and value.dtype.becomes then
      local made = entry(name, value, locate)
      list[#list + 1] = made
      bytes = bytes + made.count * dtypes.by_name[made.dtype.becomes].size
      if bytes > growth * file_bytes + allowance then
        fail.because("save each value once", "its tensors share values so often that they would fill %d MB and more",
          bytes >> 20)
      end
    elseif type(name) == "string" and (is(value, "tensor") or is(value, "odd")) then
      left[#left + 1] = string.format("%s (%s)", name, value.kind == "odd" and value.name or value.dtype.name)
    end
  end
  return list, left
end

return tensors

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

-- The dict of tensors: what `state_dict` or `model` holds, or the value itself.
local function state_dict(value)
  if not is(value, "dict") then
    fail.because("save model.state_dict()", "holds no state_dict")
  end
  for _, key in ipairs { "state_dict", "model" } do
    if is(value.values[key], "dict") then return value.values[key] end
  end
  return value
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

-- The last value a tensor touches must lie in its storage.
local function check_bounds(name, value)
  local last, available = value.offset, value.storage.count
  for i, size in ipairs(value.shape) do
    local stride = value.stride[i]
    if size > 1 and stride > available // (size - 1) then fail.damaged("tensor %s reaches beyond its storage", name) end
    if size > 1 then last = last + (size - 1) * stride end
  end
  if value.offset > available or last >= available then fail.damaged("tensor %s reaches beyond its storage", name) end
end

local function check_name(name)
  if type(name) ~= "string" then
    fail.because("give a state_dict", "has a key that is no tensor's name: %s", name)
  end
  if not utf8.len(name) then fail.damaged("the name of tensor %s is not UTF-8", name) end
end

local function entry(name, value, locate)
  check_name(name)
  if not is(value, "tensor") then
    fail.because("give a state_dict, or a dict that has one under state_dict or model", "%s is not a tensor", name)
  end
  local dtype = value.storage.dtype
  if not dtype.becomes then
    fail.because("convert it with .float() or .long() first", "tensor %s is %s, and castnet knows floats and int64",
      name, dtype.name)
  end
  local count = tensors.count(name, value.shape)
  local first = locate(value.storage)
  if count > 0 then check_bounds(name, value) end
  return {
    name = name, shape = value.shape, stride = value.stride, dtype = dtype, count = count,
    first = first + (value.storage.first + value.offset) * dtype.size,
  }
end

-- The tensors of `value`, in their order. locate(storage) gives the place of its bytes, file_bytes the
-- size of the file.
function tensors.list(value, locate, file_bytes)
  local dict, list, bytes = state_dict(value), {}, 0
  if #dict.keys == 0 then fail.because("save model.state_dict()", "holds no tensors") end
  if #dict.keys > most_tensors then fail.because("split it", "holds more than %d tensors", most_tensors) end
  for i, name in ipairs(dict.keys) do
    list[i] = entry(name, dict.values[name], locate)
    bytes = bytes + list[i].count * dtypes.by_name[list[i].dtype.becomes].size
    if bytes > growth * file_bytes + allowance then
      fail.because("save each value once", "its tensors share values so often that they would fill %d MB and more",
        bytes >> 20)
    end
  end
  return list
end

return tensors

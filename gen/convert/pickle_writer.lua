-- The pickle (protocol 2) of a state_dict: an OrderedDict of tensors, each with a storage of its own.
local pickle_writer = {}

local function text(value)
  return "X" .. string.pack("<s4", value)
end

-- Protocol 2 has short forms for small numbers and LONG1 for those beyond 32 bits.
local function integer(value)
  if value >= 0 and value < 256 then return "K" .. string.char(value) end
  if value >= -0x80000000 and value < 0x80000000 then return "J" .. string.pack("<i4", value) end
  return "\x8a\8" .. string.pack("<i8", value)
end

local function tuple(numbers)
  local parts = {}
  for i, number in ipairs(numbers) do parts[i] = integer(number) end
  return "(" .. table.concat(parts) .. "t"
end

-- Strides, in elements, of values that lie in rows.
local function strides(shape)
  local result, step = {}, 1
  for i = #shape, 1, -1 do
    result[i] = step
    step = step * math.max(shape[i], 1)
  end
  return result
end

local ordered_dict = "ccollections\nOrderedDict\n)R"

-- torch._utils._rebuild_tensor_v2(storage, offset, shape, strides, requires_grad, backward_hooks), or _v3 with
-- the type after them, and bytes for a storage, where PyTorch has no storage of that type.
local function tensor(entry, key)
  local dtype = entry.dtype
  return table.concat {
    "ctorch._utils\n_rebuild_tensor_", dtype.storage and "v2" or "v3", "\n((", text("storage"),
    dtype.storage and "ctorch\n" .. dtype.storage or "ctorch.storage\nUntypedStorage", "\n", text(key), text("cpu"),
    integer(dtype.storage and entry.count or entry.bytes), "tQ", integer(0), tuple(entry.shape),
    tuple(strides(entry.shape)), "\x89", ordered_dict, dtype.storage and "" or "ctorch\n" .. dtype.torch .. "\n", "tR",
  }
end

-- entries: {name, dtype, shape, count, bytes}; entry i is stored under key i - 1.
function pickle_writer.state_dict(entries)
  local parts = { "\x80\2", ordered_dict, "(" }
  for i, entry in ipairs(entries) do
    parts[#parts + 1] = text(entry.name)
    parts[#parts + 1] = tensor(entry, tostring(i - 1))
  end
  parts[#parts + 1] = "u."
  return table.concat(parts)
end

return pickle_writer

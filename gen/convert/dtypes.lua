-- Types of values: names in safetensors and in PyTorch, sizes, and conversion to float32.
local dtypes = {}

-- Those that a weight file of castnet is made from, by safetensors' name.
dtypes.by_name = {
  F32 = { name = "F32", size = 4, storage = "FloatStorage", becomes = "F32" },
  F16 = { name = "F16", size = 2, storage = "HalfStorage", becomes = "F32" },
  BF16 = { name = "BF16", size = 2, storage = "BFloat16Storage", becomes = "F32" },
  F64 = { name = "F64", size = 8, storage = "DoubleStorage", becomes = "F32" },
  I64 = { name = "I64", size = 8, storage = "LongStorage", becomes = "I64" },
  -- Known so that a checkpoint may hold them elsewhere; as weights they are refused.
  I32 = { name = "I32", size = 4, storage = "IntStorage" },
  I16 = { name = "I16", size = 2, storage = "ShortStorage" },
  I8 = { name = "I8", size = 1, storage = "CharStorage" },
  U8 = { name = "U8", size = 1, storage = "ByteStorage" },
  BOOL = { name = "BOOL", size = 1, storage = "BoolStorage" },
}

dtypes.by_storage = {}
for _, dtype in pairs(dtypes.by_name) do dtypes.by_storage[dtype.storage] = dtype end

-- float16 is 1 sign bit, 5 of exponent (bias 15), 10 of fraction; float32 1, 8 (bias 127), 23.
local function half_to_single(bits)
  local sign, exponent, fraction = (bits & 0x8000) << 16, bits >> 10 & 31, bits & 1023
  if exponent == 31 then return sign | 0x7f800000 | fraction << 13 end
  if exponent > 0 then return sign | exponent + 112 << 23 | fraction << 13 end
  if fraction == 0 then return sign end
  exponent = 113
  while fraction < 1024 do
    fraction, exponent = fraction << 1, exponent - 1
  end
  return sign | exponent << 23 | (fraction & 1023) << 13
end

-- The four bytes of float32 for the two of a float16, made when first asked for.
local singles = setmetatable({}, {
  __index = function(known, half)
    local single = string.pack("<I4", half_to_single(string.unpack("<I2", half)))
    known[half] = single
    return single
  end,
})

local batch = 128  -- doubles converted by one call

local function doubles_to_singles(text)
  local parts = {}
  for at = 1, #text, 8 * batch do
    local count = math.min(batch, (#text - at + 1) // 8)
    local values = { string.unpack("<" .. ("d"):rep(count), text, at) }
    parts[#parts + 1] = string.pack("<" .. ("f"):rep(count), table.unpack(values, 1, count))
  end
  return table.concat(parts)
end

-- gsub calls __index of `singles` for what it does not hold yet.
local to_single = {
  F16 = function(text) return (text:gsub("..", singles)) end,
  BF16 = function(text) return (text:gsub("..", "\0\0%0")) end,
  F64 = doubles_to_singles,
}

-- `text`, whole values of type `from`, as values of type `to`: the same type, or F32.
function dtypes.convert(text, from, to)
  if from == to then return text end
  return to_single[from.name](text)
end

return dtypes

-- Types of values: names in safetensors and in PyTorch, sizes, and conversion to float32.
local dtypes = {}

-- By safetensors' name: bytes of a value, PyTorch's name for a storage of it, what a weight file of castnet has
-- in its place. Floats become float32; what no network has as weights, such as a mask, stays as it is.
dtypes.by_name = {
  F32 = { size = 4, storage = "FloatStorage" },
  F16 = { size = 2, storage = "HalfStorage", becomes = "F32" },
  BF16 = { size = 2, storage = "BFloat16Storage", becomes = "F32" },
  F64 = { size = 8, storage = "DoubleStorage", becomes = "F32" },
  I64 = { size = 8, storage = "LongStorage" },
  I32 = { size = 4, storage = "IntStorage" },
  I16 = { size = 2, storage = "ShortStorage" },
  I8 = { size = 1, storage = "CharStorage" },
  U8 = { size = 1, storage = "ByteStorage" },
  BOOL = { size = 1, storage = "BoolStorage" },
  C64 = { size = 8, storage = "ComplexFloatStorage" },
  -- PyTorch has no storages of these: their values lie in bytes, and the tensor says what they are.
  U16 = { size = 2, torch = "uint16" },
  U32 = { size = 4, torch = "uint32" },
  U64 = { size = 8, torch = "uint64" },
  F8_E4M3 = { size = 1, torch = "float8_e4m3fn" },
  F8_E5M2 = { size = 1, torch = "float8_e5m2" },
  F8_E4M3FNUZ = { size = 1, torch = "float8_e4m3fnuz" },
  F8_E5M2FNUZ = { size = 1, torch = "float8_e5m2fnuz" },
  F8_E8M0 = { size = 1, torch = "float8_e8m0fnu" },
}
for name, dtype in pairs(dtypes.by_name) do
  dtype.name, dtype.becomes = name, dtype.becomes or name
end

-- Storages by PyTorch's name; those after the loop are of types that safetensors has not: they become nothing.
dtypes.by_storage = {}
for _, dtype in pairs(dtypes.by_name) do
  if dtype.storage then dtypes.by_storage[dtype.storage] = dtype end
end
for name, size in pairs { ComplexDouble = 16, QInt8 = 1, QUInt8 = 1, QInt32 = 4, QUInt4x2 = 1, QUInt2x4 = 1 } do
  dtypes.by_storage[name .. "Storage"] = { name = name, size = size }
end

dtypes.bytes = { name = "bytes", size = 1 }  -- of a storage without a type

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

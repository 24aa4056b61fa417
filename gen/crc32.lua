-- CRC-32 of zip (polynomial 0xedb88320, reflected), eight bytes a turn ("slicing by 8").
local unpack = string.unpack

-- tables[k][b]: the checksum of byte b followed by k - 1 zero bytes, without the inversions.
local tables = { {} }
for byte = 0, 255 do
  local value = byte
  for _ = 1, 8 do value = value & 1 == 1 and value >> 1 ~ 0xedb88320 or value >> 1 end
  tables[1][byte] = value
end
for k = 2, 8 do
  tables[k] = {}
  for byte = 0, 255 do
    local value = tables[k - 1][byte]
    tables[k][byte] = value >> 8 ~ tables[1][value & 255]
  end
end
local t1, t2, t3, t4, t5, t6, t7, t8 = table.unpack(tables)

-- The checksum of `text` after bytes whose checksum is `before` (0 at the start).
local function crc32(text, before)
  local crc = before ~ 0xffffffff
  local whole = #text & ~7
  for at = 1, whole, 8 do
    local word = unpack("<i8", text, at) ~ crc
    crc = t8[word & 255] ~ t7[word >> 8 & 255] ~ t6[word >> 16 & 255] ~ t5[word >> 24 & 255]
      ~ t4[word >> 32 & 255] ~ t3[word >> 40 & 255] ~ t2[word >> 48 & 255] ~ t1[word >> 56]
  end
  for at = whole + 1, #text do crc = crc >> 8 ~ t1[(crc ~ text:byte(at)) & 255] end
  return crc ~ 0xffffffff
end

return crc32

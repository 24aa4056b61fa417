-- The wire format of protocol buffers, as far as ONNX files need it: each function returns the bytes of one field.
local protobuf = {}

local function varint(n)
  local out = {}
  repeat
    local low = n & 127
    n = n >> 7
    out[#out + 1] = string.char(n ~= 0 and low | 128 or low)
  until n == 0
  return table.concat(out)
end

-- A whole number, negative ones in ten bytes.
function protobuf.int(field, value) return varint(field << 3) .. varint(value) end

function protobuf.float(field, value) return varint(field << 3 | 5) .. string.pack("<f", value) end

-- A string, bytes or a message.
function protobuf.text(field, value) return varint(field << 3 | 2) .. varint(#value) .. value end

function protobuf.ints(field, list)
  local out = {}
  for i, value in ipairs(list) do out[i] = protobuf.int(field, value) end
  return table.concat(out)
end

return protobuf

-- Makes the checksums in a zip archive fit what its entries hold, so that a change gets past them.
local crc32 = require "crc32"

local zip_crc = {}

local central, central_bytes = "PK\1\2", 46
local header_bytes = 30

local function replace(text, at, value) return text:sub(1, at - 1) .. string.pack("<I4", value) .. text:sub(at + 4) end

-- The archive with right checksums wherever its directory can still be followed; any other text as it is.
function zip_crc.mend(text)
  local at = text:find(central, 1, true)
  while at and at + central_bytes <= #text do
    local size, name, header = string.unpack("<I4", text, at + 20), string.unpack("<I2", text, at + 28),
      string.unpack("<I4", text, at + 42)
    if header + header_bytes < #text then
      local skip_name, skip_extra = string.unpack("<I2I2", text, header + 27)
      local first = header + header_bytes + skip_name + skip_extra + 1
      local crc = crc32(text:sub(first, first + size - 1), 0)
      text = replace(replace(text, at + 16, crc), header + 15, crc)
    end
    at = text:find(central, at + central_bytes + name, true)
  end
  return text
end

return zip_crc

-- A zip archive of stored entries, the bytes of each at a multiple of 64 as torch.save lays them.
local crc32 = require "crc32"
local fail = require "convert.fail"

local zip_writer = {}
zip_writer.__index = zip_writer

local alignment = 64
local most = 0xffffffff   -- bytes and offsets without zip64
local date = 1 << 5 | 1   -- 1980-01-01, the first one zip knows: the same weights give the same file

function zip_writer.new(output)
  return setmetatable({ output = output, directory = {}, count = 0 }, zip_writer)
end

-- Padding goes to an extra field "FB" of the local header, PyTorch's own.
local function padding(start)
  local bytes = -start % alignment
  return string.pack("<c2I2", "FB", bytes) .. ("Z"):rep(bytes)
end

-- pieces(): a fresh iterator over the strings that make up the entry of `size` bytes. It is called twice where they are
-- several, as the checksum stands in front of the bytes.
function zip_writer:add(name, size, pieces)
  local crc, header = 0, self.output.at
  if header > most or size > most - header then fail.because("convert less at a time", "a .pth above 4 GB") end
  local only
  for piece in pieces() do
    crc, only = crc32(piece, crc), #piece == size and piece
  end
  local extra = padding(header + 30 + #name + 4)
  self.output:write(string.pack("<I4I2I2I2I2I2I4I4I4I2I2", 0x04034b50, 10, 0, 0, 0, date, crc, size, size, #name, #extra)
    .. name .. extra)
  if only then
    self.output:write(only)
  else
    for piece in pieces() do self.output:write(piece) end
  end
  self.count = self.count + 1
  self.directory[self.count] = string.pack("<I4I2I2I2I2I2I2I4I4I4I2I2I2I2I2I4I4", 0x02014b50, 10, 10, 0, 0, 0, date, crc,
    size, size, #name, 0, 0, 0, 0, 0, header) .. name
end

function zip_writer:add_text(name, text)
  self:add(name, #text, function()
    local piece = text
    return function()
      local now = piece
      piece = nil
      return now
    end
  end)
end

function zip_writer:finish()
  local at, directory = self.output.at, table.concat(self.directory)
  if self.count >= 65535 or at + #directory > most then fail.because("convert less at a time", "a .pth above 4 GB") end
  self.output:write(directory)
  self.output:write(string.pack("<I4I2I2I2I2I4I4I2", 0x06054b50, 0, 0, self.count, self.count, #directory, at, 0))
end

return zip_writer

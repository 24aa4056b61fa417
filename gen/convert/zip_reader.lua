-- Zip archives as torch.save writes them: stored entries, no encryption, below 4 GB.
local crc32 = require "crc32"
local fail = require "convert.fail"

local zip_reader = {}

local local_bytes, central_bytes, end_bytes = 30, 46, 22
local most_entries = 65535

-- Place and content of the end record. A comment of up to 65535 bytes may follow it.
local function find_end(file)
  local length = math.min(file.size, end_bytes + 65535)
  local start = file.size - length
  local tail = file:read(start, length, "the end of the zip archive")
  for at = length - end_bytes + 1, 1, -1 do
    if tail:sub(at, at + 3) == "PK\5\6" and string.unpack("<I2", tail, at + 20) == length - at + 1 - end_bytes then
      return start + at - 1, tail:sub(at, at + end_bytes - 1)
    end
  end
  fail.damaged("the zip archive has no directory, as if cut short")
end

-- Where the bytes of an entry begin: behind its local header, which must agree with the directory.
local function data_start(file, entry, limit)
  local header = file:read(entry.header, local_bytes + #entry.name, "a zip entry")
  local signature, _, _, method, _, _, _, _, name_bytes, extra_bytes = string.unpack("<I4I2I2I2I4I4I4I4I2I2", header)
  if signature ~= 0x04034b50 or method ~= 0 or name_bytes ~= #entry.name or header:sub(local_bytes + 1) ~= entry.name then
    fail.damaged("zip entry '%s' does not agree with the directory", entry.name)
  end
  local start = entry.header + local_bytes + name_bytes + extra_bytes
  if start > limit or entry.size > limit - start then fail.damaged("zip entry '%s' lies outside the file", entry.name) end
  return start
end

local function read_entry(directory, at)
  if #directory - at + 1 < central_bytes then fail.damaged("the zip directory is cut short") end
  local signature, _, _, flags, method, _, crc, packed, size, name_bytes, extra_bytes, comment_bytes, _, _, _, header =
    string.unpack("<I4I2I2I2I2I4I4I4I4I2I2I2I2I2I4I4", directory, at)
  local next_at = at + central_bytes + name_bytes + extra_bytes + comment_bytes
  if signature ~= 0x02014b50 or next_at - 1 > #directory then fail.damaged("the zip directory is damaged") end
  local name = directory:sub(at + central_bytes, at + central_bytes + name_bytes - 1)
  if flags & 1 ~= 0 or method ~= 0 or packed ~= size then
    fail.because("save it with torch.save, which does neither", "zip entry '%s' is compressed or encrypted", name)
  end
  if size == 0xffffffff or header == 0xffffffff then
    fail.because("split it", "the zip archive is above 4 GB (zip64)")
  end
  return { name = name, crc = crc, size = size, header = header }, next_at
end

-- Two entries on the same bytes would let a small file pass for a large one.
local function check_apart(entries)
  local sorted = table.move(entries, 1, #entries, 1, {})
  table.sort(sorted, function(a, b) return a.header < b.header end)
  for i = 2, #sorted do
    if sorted[i - 1].start + sorted[i - 1].size > sorted[i].header then
      fail.damaged("zip entries '%s' and '%s' overlap", sorted[i - 1].name, sorted[i].name)
    end
  end
end

-- Entries by name: {name, size, start (bytes from the start of the file), crc}.
function zip_reader.read(file)
  if file.size < end_bytes then fail.damaged("the zip archive is cut short") end
  local end_at, record = find_end(file)
  local _, disk, first_disk, here, count, bytes, at = string.unpack("<I4I2I2I2I2I4I4", record)
  if disk ~= 0 or first_disk ~= 0 or here ~= count then fail.damaged("the zip archive has several parts") end
  if count == most_entries or at == 0xffffffff then
    fail.because("split it", "the zip archive is above 4 GB or has 65535 entries (zip64)")
  end
  if at > end_at or bytes > end_at - at then fail.damaged("the zip directory lies outside the file") end
  local directory = file:read(at, bytes, "the zip directory")
  local entries, by_name, position = {}, {}, 1
  for i = 1, count do
    local entry
    entry, position = read_entry(directory, position)
    if by_name[entry.name] then fail.damaged("zip entry '%s' is there twice", entry.name) end
    entry.start = data_start(file, entry, at)
    entries[i], by_name[entry.name] = entry, entry
  end
  check_apart(entries)
  return by_name
end

-- Compares an entry with its checksum, once. PyTorch writes 0 when told not to compute any.
function zip_reader.verify(file, entry)
  if entry.verified or entry.crc == 0 then return end
  local crc = 0
  for piece in file:pieces(entry.start, entry.size, entry.name) do crc = crc32(piece, crc) end
  if crc ~= entry.crc then fail.damaged("zip entry '%s' does not match its checksum", entry.name) end
  entry.verified = true
end

return zip_reader

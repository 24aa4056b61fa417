-- What torch.save writes, both ways: a zip archive (since 1.6), or pickles in a row before that.
-- Both give the pickled value and a function that finds the bytes of a storage.
local fail = require "convert.fail"
local pickle_reader = require "convert.pickle_reader"
local zip_reader = require "convert.zip_reader"

local pth_reader = {}

local function zip_text(file, entry, longest)
  if entry.size > longest then fail.because("save model.state_dict() alone", "%s is too long", entry.name) end
  zip_reader.verify(file, entry)
  return file:read(entry.start, entry.size, entry.name)
end

-- The folder inside the archive: that of the only data.pkl one level down.
local function find_folder(entries)
  local found
  for name in pairs(entries) do
    local folder = name:match("^([^/]*/)data%.pkl$")
    if folder and found then fail.damaged("the zip archive has two data.pkl") end
    found = found or folder
  end
  if not found then fail.because("give what torch.save wrote", "a zip archive without data.pkl") end
  return found
end

local function read_zip(file)
  local entries = zip_reader.read(file)
  local folder = find_folder(entries)
  local order = entries[folder .. "byteorder"]
  if order and zip_text(file, order, 16) ~= "little" then
    fail.because("save it on a little-endian machine", "byte order is not little-endian")
  end
  local value = pickle_reader.read(zip_text(file, entries[folder .. "data.pkl"], pickle_reader.longest), 1)
  return value, function(storage)
    local entry = entries[folder .. "data/" .. storage.key]
    if not entry then fail.damaged("the values of storage %s are missing", storage.key) end
    if storage.whole > entry.size or storage.whole * storage.dtype.size ~= entry.size then
      fail.damaged("storage %s has %d bytes, not %d values", storage.key, entry.size, storage.whole)
    end
    zip_reader.verify(file, entry)
    return entry.start
  end
end

-- 0x1950a86a20f9469cfc6c, PyTorch's mark, pickled in any protocol.
local magic = "\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19."

-- The mark stands behind the two bytes of PROTO and, from protocol 4, the nine of FRAME.
local function is_legacy(beginning)
  local at = beginning:find(magic, 1, true)
  return beginning:byte() == 0x80 and (at == 3 or at == 12)
end

-- Bytes of a value of every storage, by key, as the pickle refers to them.
local function storage_sizes(storages)
  local sizes = {}
  for _, storage in ipairs(storages) do
    local before = sizes[storage.key]
    if before and (before.size ~= storage.dtype.size or before.count ~= storage.whole) then
      fail.damaged("storage %s has two sizes", storage.key)
    end
    sizes[storage.key] = { size = storage.dtype.size, count = storage.whole }
  end
  return sizes
end

-- Storages follow the pickles, each as its count of values (8 bytes) and the values.
local function place_storages(file, keys, sizes, at)
  local places = {}
  for i = 1, keys.n do
    local key = keys[i]
    local size = sizes[key]
    if not size or places[key] then fail.damaged("storage %s is there twice or belongs to no tensor", key) end
    local count = string.unpack("<i8", file:read(at, 8, "a storage"))
    if count ~= size.count or count > (file.size - at - 8) // size.size then
      fail.damaged("storage %s has %d values, not %d, or ends after the file", key, count, size.count)
    end
    places[key] = at + 8
    at = at + 8 + count * size.size
  end
  if at ~= file.size then fail.damaged("%d bytes are left at the end", file.size - at) end
  return places
end

local function read_legacy(file)
  local text = file:read(0, math.min(file.size, pickle_reader.longest), "the pickles")
  local _, at = pickle_reader.read(text, 1)
  local version, info, value, keys, storages
  version, at = pickle_reader.read(text, at)
  info, at = pickle_reader.read(text, at)
  if version ~= 1001 then fail.because("save it with a newer PyTorch", "not version 1001 of the old format") end
  if type(info) ~= "table" or info.kind ~= "dict" or info.values.little_endian ~= true then
    fail.because("save it on a little-endian machine", "byte order is not little-endian")
  end
  value, at, storages = pickle_reader.read(text, at)
  keys, at = pickle_reader.read(text, at)
  if type(keys) ~= "table" or keys.kind ~= "list" then fail.damaged("the list of storages is missing") end
  local places = place_storages(file, keys, storage_sizes(storages), at - 1)
  return value, function(storage)
    local place = places[storage.key]
    if not place then fail.damaged("the values of storage %s are missing", storage.key) end
    return place
  end
end

-- "zip", "legacy" or nil, by the first bytes.
function pth_reader.format(file)
  local beginning = file:read(0, math.min(file.size, 32), "the first bytes")
  if beginning:sub(1, 4) == "PK\3\4" then return "zip" end
  return is_legacy(beginning) and "legacy" or nil
end

-- The value saved, and locate(storage) -> where its bytes begin in the file.
function pth_reader.read(file)
  if pth_reader.format(file) == "zip" then return read_zip(file) end
  return read_legacy(file)
end

return pth_reader

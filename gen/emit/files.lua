-- Reading templates and writing results.
local aside = require "aside"

local files = {}

local function read(path)
  local file, fault = io.open(path, "rb")
  if not file then error(string.format("castnet: can't read %s", fault), 0) end
  local text = file:read("a")
  file:close()
  return text
end

-- A function that reads templates by their name: their text, and where that is from. elsewhere: paths by name.
function files.reader(folder, elsewhere)
  return function(name)
    if elsewhere[name] then return read(elsewhere[name]), elsewhere[name] end
    return read(folder .. "/" .. name), "templates/" .. name
  end
end

local function make_folder(folder)
  if not os.execute("mkdir -p -- " .. aside.quote(folder) .. " 2>/dev/null") then
    error(string.format("castnet: can't make the folder %s; choose another with -o", folder), 0)
  end
end

local function unchanged(path, pieces)
  local file = io.open(path, "rb")
  if not file then return false end
  local same = true
  for _, piece in ipairs(pieces) do same = same and (piece == "" or file:read(#piece) == piece) end
  same = same and not file:read(1)
  file:close()
  return same
end

-- `path: why`; io names the path already where it could not open it.
local function reason(path, fault)
  fault = tostring(fault)
  return fault:sub(1, #path + 2) == path .. ": " and fault or path .. ": " .. fault
end

local function write(path, pieces)
  local file, fault = io.open(path, "wb")
  local ok = file
  if file then
    ok, fault = file:write(table.unpack(pieces))
    local closed, close_fault = file:close()
    if ok and not closed then ok, fault = nil, close_fault end
  end
  if not ok then error(string.format("castnet: can't write %s", reason(path, fault)), 0) end
end

local function replace(path)
  local ok, fault = os.rename(aside.name(path), path)
  if not ok then error(string.format("castnet: can't replace %s", reason(path, fault)), 0) end
end

-- Those that files of the list lie in, each once.
local function make_folders_in(folder, list)
  local paths = {}
  for _, entry in ipairs(list) do
    local path = entry[1]:match("^(.*)/")
    if path and not paths[path] then
      paths[path], paths[#paths + 1] = true, folder .. "/" .. path
      make_folder(folder .. "/" .. path)
    end
  end
  return paths
end

-- list: {name, pieces of its text} ... All are written aside first, then renamed, so that a full disk leaves what was there. That
-- many renames are not one: where one of them fails (a folder in a file's place), the earlier ones stand.
function files.write_all(folder, list)
  make_folder(folder)
  local inner = make_folders_in(folder, list)
  local paths, changed = {}, {}
  for i, entry in ipairs(list) do paths[i] = folder .. "/" .. entry[1] end
  aside.remove_left(paths)
  local ok, fault = pcall(function()
    for i, entry in ipairs(list) do
      local path = paths[i]
      if not unchanged(path, entry[2]) then
        changed[#changed + 1] = path
        write(aside.name(path), entry[2])
      end
    end
    for _, path in ipairs(changed) do replace(path) end
  end)
  if ok then return end
  for _, path in ipairs(changed) do os.remove(aside.name(path)) end
  for _, path in ipairs(inner) do os.remove(path) end -- where nothing is in it
  error(fault, 0)
end

return files

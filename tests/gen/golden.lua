-- Golden files: compares what the compiler makes now with what tests/golden holds, or rewrites that.
local harness = require "harness"

local golden = {}

local function quoted(text) return "'" .. text:gsub("'", "'\\''") .. "'" end

local function read(path)
  local file = io.open(path, "rb")
  if not file then return nil end
  local text = file:read("a")
  file:close()
  return text
end

-- Writes a file aside and renames it, so that none is ever half written.
local function write(path, text)
  local file = assert(io.open(path .. ".part", "wb"))
  assert(file:write(text))
  assert(file:close())
  assert(os.rename(path .. ".part", path))
end

local function names_in(folder)
  local names = {}
  local listing = assert(io.popen("ls " .. quoted(folder) .. " 2>/dev/null"))
  for name in listing:lines() do names[#names + 1] = name end
  listing:close()
  return names
end

local function lines_of(text)
  local lines = {}
  for line in (text .. "\n"):gmatch("(.-)\n") do lines[#lines + 1] = line end
  return lines
end

-- The first line that differs, as it is in the golden file and as it is now.
local function difference(expected, actual)
  local old, new = lines_of(expected), lines_of(actual)
  local number = 1
  while old[number] == new[number] do number = number + 1 end
  return number, old[number] or "(end of file)", new[number] or "(end of file)"
end
golden.difference = difference

local function compare(place, expected, actual)
  local hint = "if that is meant: make golden-update"
  if not expected then harness.fail("%s is not there; %s", place, hint) end
  if expected == actual then return end
  local number, old, new = difference(expected, actual)
  harness.fail("%s:%d differs; %s\n  golden: %s\n  now:    %s", place, number, hint, old, new)
end

-- Tests the files of tests/golden/NAME against `list`, entries {file, text}; files beyond those are a failure too.
function golden.check(name, list)
  local place = "tests/golden/" .. name
  local folder = harness.root .. "/" .. place
  local known = {}
  for _, entry in ipairs(list) do
    local file, text = entry[1], entry[2]
    known[file] = true
    harness.test(place .. "/" .. file, function()
      local path = folder .. "/" .. file
      local old = read(path)
      if harness.update_golden and old ~= text then
        if not old then assert(os.execute("mkdir -p " .. quoted(folder))) end
        write(path, text)
        old = text
      end
      compare(place .. "/" .. file, old, text)
    end)
  end
  harness.test(place .. " holds nothing else", function()
    for _, file in ipairs(names_in(folder)) do
      if not known[file] and harness.update_golden then
        assert(os.remove(folder .. "/" .. file))
      elseif not known[file] then
        harness.fail("%s/%s is made no more; if that is meant: make golden-update", place, file)
      end
    end
  end)
end

return golden

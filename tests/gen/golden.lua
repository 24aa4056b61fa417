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

-- What a line of a printed graph is about: a tensor, what a node makes, or itself.
local function subject(line) return line:match("^(.-) %[") or line:match("^offers [%w_]+") or line end

-- Lists of subjects that both have in their order, as places in one and the other: the longest such list.
local function matches(old, new)
  local length = {}
  for i = #old + 1, 1, -1 do
    length[i] = {}
    for j = #new + 1, 1, -1 do
      local row, below = length[i], length[i + 1]
      if i > #old or j > #new then
        row[j] = 0
      else
        row[j] = old[i] == new[j] and below[j + 1] + 1 or math.max(below[j], row[j + 1])
      end
    end
  end
  local list, i, j = {}, 1, 1
  while i <= #old and j <= #new do
    if old[i] == new[j] then
      list[#list + 1] = { i, j }
      i, j = i + 1, j + 1
    elseif length[i + 1][j] >= length[i][j + 1] then
      i = i + 1
    else
      j = j + 1
    end
  end
  list[#list + 1] = { #old + 1, #new + 1 }
  return list
end

local function is_within_word(line, place) return line:sub(place, place + 1):find("^[%w._][%w._]") end

-- "~ SUBJECT: - what is gone + what came", of two lines about one thing.
local function alteration(old, new)
  local first, last = 1, 0
  while old:byte(first) == new:byte(first) do first = first + 1 end
  while is_within_word(old, first - 1) or is_within_word(new, first - 1) do first = first - 1 end
  while last < math.min(#old, #new) - first + 1 and old:byte(-last - 1) == new:byte(-last - 1) do last = last + 1 end
  while last > 0 and (is_within_word(old, #old - last) or is_within_word(new, #new - last)) do last = last - 1 end
  local text = "~ " .. subject(new) .. ":"
  local gone, came = old:sub(first, #old - last), new:sub(first, #new - last)
  if gone:find("%S") then text = text .. " - " .. gone end
  if came:find("%S") then text = text .. " + " .. came end
  return text
end

-- What a pass did to a printed graph, line by line, so that nothing of what other passes do shows there.
function golden.changes(before, after)
  local old, new, out = lines_of(before), lines_of(after), {}
  local about_old, about_new = {}, {}
  for i, line in ipairs(old) do about_old[i] = subject(line) end
  for i, line in ipairs(new) do about_new[i] = subject(line) end
  local i, j = 1, 1
  for _, match in ipairs(matches(about_old, about_new)) do
    for k = i, match[1] - 1 do out[#out + 1] = "- " .. old[k] end
    for k = j, match[2] - 1 do out[#out + 1] = "+ " .. new[k] end
    i, j = match[1] + 1, match[2] + 1
    local from, to = old[match[1]], new[match[2]]
    if from ~= to then out[#out + 1] = alteration(from, to) end
  end
  return table.concat(out, "\n") .. "\n"
end

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

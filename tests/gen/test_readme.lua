-- README.md says what is so: words of a spec (golden-update rewrites them), default model, the files
-- that it names.
local harness = require "harness"
local reference = require "reference"
local test, equal = harness.test, harness.equal

local path = harness.root .. "/README.md"
local readme = harness.read(path)

-- The list of words: from its first entry to the end of its section.
local function word_list(text)
  local section = assert(text:find("\n## Words of a spec\n", 1, true), "README.md has no section Words of a spec")
  local first = assert(text:find("\n- `net.", section, true), "README.md lists no words") + 1
  local last = text:find("\n\n## ", first, true) or #text
  return first, last
end

test("the words of a spec", function()
  local first, last = word_list(readme)
  local words = reference.markdown()
  if harness.update_golden and readme:sub(first, last) ~= words then
    readme = readme:sub(1, first - 1) .. words .. readme:sub(last + 1)
    local file = assert(io.open(path .. ".part", "wb"))
    assert(file:write(readme))
    assert(file:close())
    assert(os.rename(path .. ".part", path))
    first, last = word_list(readme)
  end
  if readme:sub(first, last) ~= words then
    local number, old, new = require("golden").difference(readme:sub(first, last), words)
    harness.fail("line %d of the words differs; if that is meant: make golden-update\n  README.md: %s\n  now:       %s",
      number, old, new)
  end
end)

local function exists(name)
  return (os.execute(string.format("test -e '%s/%s'", harness.root, name))) or false
end

test("the files that it names exist", function()
  local count = 0
  for name in readme:gmatch("`([%w_./]+)`") do
    local room = name:match("^(%w+)/")
    if (room == "gen" or room == "templates" or room == "tests" or room == "runtime") and not name:find("NAME", 1, true) then
      equal(exists(name), true, name)
      count = count + 1
    end
  end
  equal(count > 5, true, "names of files")
end)

-- Rooms are indented by four, what is in them by six.
test("the rooms that it names exist", function()
  local rooms = assert(readme:match("\n## What each room is\n\n(.-)\n\n"))
  local room = ""
  for line in (rooms .. "\n"):gmatch("(.-)\n") do
    local top, inner = line:match("^    (%w+/) "), line:match("^      ([%w_.]+/?) ")
    if top then room = top end
    if top and top ~= "build/" then equal(exists(top), true, top) end
    if inner then equal(exists(room .. inner), true, room .. inner) end
  end
end)

test("the default model is the Makefile's", function()
  local default = harness.read(harness.root .. "/Makefile"):match("\nMODEL %?= (%S+)")
  equal(readme:match("| `MODEL` |[^\n]*default `([^`]*)`"), default, "default MODEL")
end)

test("every op of gen/ops is told where others are", function()
  for _, file in ipairs(harness.files("gen/ops", ".lua")) do
    local op = file:match("([^/]*)%.lua$")
    if op ~= "init" and op ~= "input" then
      equal(readme:find("- `net." .. op, 1, true) ~= nil, true, op)
    end
  end
end)

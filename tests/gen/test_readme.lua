-- The READMEs say what is so: words of a spec (golden-update rewrites them), default model, the files
-- that they name and the places that they link to.
local harness = require "harness"
local ops = require "ops"
local reference = require "reference"
local test, equal = harness.test, harness.equal

local readme = harness.read(harness.root .. "/README.md")
local path = harness.root .. "/gen/specs/README.md"
local specs = harness.read(path)
local all = {
  "README.md", "gen/README.md", "gen/specs/README.md", "gen/kernels/README.md", "templates/README.md",
  "runtime/README.md", "tests/README.md", ".make/README.md",
}

-- The list of words: from its first entry to the end of its section.
local function word_list(text)
  local section = assert(text:find("\n## Words of a spec\n", 1, true), "gen/specs/README.md has no section Words of a spec")
  local first = assert(text:find("\n- `net.", section, true), "gen/specs/README.md lists no words") + 1
  local last = text:find("\n\n## ", first, true) or #text
  return first, last
end

test("the words of a spec", function()
  local first, last = word_list(specs)
  local words = reference.markdown()
  if harness.update_golden and specs:sub(first, last) ~= words then
    specs = specs:sub(1, first - 1) .. words .. specs:sub(last + 1)
    local file = assert(io.open(path .. ".part", "wb"))
    assert(file:write(specs))
    assert(file:close())
    assert(os.rename(path .. ".part", path))
    first, last = word_list(specs)
  end
  if specs:sub(first, last) ~= words then
    local number, old, new = require("golden").difference(specs:sub(first, last), words)
    harness.fail("line %d of the words differs; if that is meant: make golden-update\n  README:    %s\n  now:       %s",
      number, old, new)
  end
end)

local function exists(name)
  return (os.execute(string.format("test -e '%s/%s'", harness.root, name))) or false
end

test("the files that they name exist", function()
  local count = 0
  for _, file in ipairs(all) do
    for name in harness.read(harness.root .. "/" .. file):gmatch("`([%w_./]+)`") do
      local room = name:match("^(%w+)/")
      if (room == "gen" or room == "templates" or room == "tests" or room == "runtime") and not name:find("NAME", 1, true) then
        equal(exists(name), true, file .. ": " .. name)
        count = count + 1
      end
    end
  end
  equal(count > 20, true, "names of files")
end)

-- The heading that a link's #part means, as hosts of Markdown make it.
local function anchors(text)
  local found = {}
  for heading in text:gmatch("\n##+ ([^\n]*)") do
    found[heading:lower():gsub("[^%w %-]", ""):gsub(" ", "-")] = true
  end
  return found
end

test("the places that they link to exist", function()
  local count = 0
  for _, file in ipairs(all) do
    local text = harness.read(harness.root .. "/" .. file)
    for link in text:gmatch("%]%(([^%s)]+)%)") do
      local to, part = link:match("^([^#]*)#?(.*)$")
      if not to:find("^https?:") then
        local target = to == "" and file or (file:match("^.*/") or "") .. to
        equal(exists(target), true, file .. ": " .. link)
        if part ~= "" then
          equal(anchors(harness.read(harness.root .. "/" .. target))[part], true, file .. ": " .. link)
        end
        count = count + 1
      end
    end
  end
  equal(count > 8, true, "links")
end)

test("the first README is short", function() equal(#readme < 11000, true, #readme .. " bytes") end)

-- Rooms are indented by four, what is in them by six.
test("the rooms that it names exist", function()
  local rooms = assert(readme:match("\n## What each room is\n\n(.-)\n\n"))
  local room = ""
  for line in (rooms .. "\n"):gmatch("(.-)\n") do
    local top, inner = line:match("^    ([%w.]+/) "), line:match("^      ([%w_.]+/?) ")
    if top then room = top end
    if top and top ~= "build/" then equal(exists(top), true, top) end
    if inner then equal(exists(room .. inner), true, room .. inner) end
  end
end)

test("the default model is the Makefile's", function()
  local default = harness.read(harness.root .. "/Makefile"):match("\nMODEL %?= (%S+)")
  local variables = harness.read(harness.root .. "/.make/README.md")
  equal(variables:match("| `MODEL` |[^\n]*default `([^`]*)`"), default, "default MODEL")
end)

test("every op of gen/ops is told where others are", function()
  for _, op in ipairs(ops.names) do
    if op ~= "input" then equal(specs:find("- `net." .. op .. "[ (]") ~= nil, true, op) end
  end
end)

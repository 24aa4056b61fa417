-- The command gen/castnet: finds its folder and bounds what runs. A stub stands for main.lua.
local harness = require "harness"
local test, equal = harness.test, harness.equal

local stub = [[
print(arg[0])
for _, a in ipairs(arg) do print(a) end
local limits = io.popen("ulimit -t; ulimit -v")
print((limits:read("a"):gsub("\n", " ")))
]]

local function output_of(command)
  local process = assert(io.popen(command))
  local text = process:read("a")
  process:close()
  return text
end

local function line_of(text, number)
  local at = 0
  for line in text:gmatch("([^\n]*)\n") do
    at = at + 1
    if at == number then return line end
  end
end

local folder = line_of(output_of("mktemp -d"), 1)
os.execute(string.format("mkdir -p '%s/a room/gen' '%s/bin' && cp '%s/gen/castnet' '%s/a room/gen/'", folder, folder,
  harness.root, folder))
local file = assert(io.open(folder .. "/a room/gen/main.lua", "w"))
file:write(stub)
file:close()
os.execute(string.format("ln -s '../a room/gen/castnet' '%s/bin/one' && ln -s one '%s/bin/two'", folder, folder))
local expected = folder .. "/a room/gen/main.lua"

test("castnet from its own folder, with arguments as they are", function()
  local text = output_of(string.format("cd '%s/a room/gen' && ./castnet 'a  b' '*' ''", folder))
  equal(line_of(text, 1), expected)
  equal(line_of(text, 2), "a  b")
  equal(line_of(text, 3), "*")
  equal(line_of(text, 4), "")
end)

test("castnet through two relative links, from elsewhere and from PATH", function()
  equal(line_of(output_of(string.format("cd / && '%s/bin/two'", folder)), 1), expected)
  equal(line_of(output_of(string.format("cd '%s' && CDPATH=/ bin/one", folder)), 1), expected)
  equal(line_of(output_of(string.format("cd / && PATH='%s/bin':$PATH two", folder)), 1), expected)
end)

test("castnet bounds time and memory, and keeps a tighter bound", function()
  local seconds, kilobytes = line_of(output_of(string.format("'%s/bin/two'", folder)), 2):match("^(%d+) (%d+) $")
  equal(seconds, "300")
  equal(kilobytes, "2097152")
  local text = output_of(string.format("ulimit -t 100; ulimit -v 1000000; '%s/bin/two'", folder))
  equal(line_of(text, 2), "100 1000000 ")
end)

test("castnet ignores LUA_INIT and LUA_PATH", function()
  equal(line_of(output_of(string.format("LUA_INIT='error()' '%s/bin/two' 2>&1", folder)), 1), expected)
end)

os.execute(string.format("rm -r '%s'", folder))

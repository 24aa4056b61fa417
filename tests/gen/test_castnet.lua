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
  equal(seconds, "120")
  equal(kilobytes, "2097152")
  local text = output_of(string.format("ulimit -t 100; ulimit -v 1000000; '%s/bin/two'", folder))
  equal(line_of(text, 2), "100 1000000 ")
  text = output_of(string.format("ulimit -S -t 90; ulimit -S -v 900000; '%s/bin/two'", folder))
  equal(line_of(text, 2), "90 900000 ")
end)

-- A compiler that never ends, in one call of C, where no hook of Lua's looks.
local endless = "local text = (' '):rep(1000000) .. 'x'\nwhile true do text:find(' *$') end\n"

local function with_endless_compiler(body)
  local old = io.open(folder .. "/a room/gen/main.lua"):read("a")
  local stub_file = assert(io.open(folder .. "/a room/gen/main.lua", "w"))
  stub_file:write(endless)
  stub_file:close()
  local ok, fault = pcall(body)
  stub_file = assert(io.open(folder .. "/a room/gen/main.lua", "w"))
  stub_file:write(old)
  stub_file:close()
  if not ok then error(fault, 0) end
end

test("castnet says in one line that a limit ended it, whatever the shell", function()
  with_endless_compiler(function()
    for _, shell in ipairs { "sh", "dash", "bash" } do
      if os.execute("command -v " .. shell .. " >/dev/null") then
        local text = output_of(string.format("ulimit -S -t 1; %s '%s/bin/two' 2>&1; echo $?", shell, folder))
        equal(text, "castnet: this takes more than 1 seconds of processor time; make the model or the spec simpler\n152\n", shell)
        text = output_of(string.format("ulimit -t 1; %s '%s/bin/two' 2>&1; echo $?", shell, folder))
        equal(text, "castnet: the system ended it, as for want of memory or time; make the model or the spec simpler\n137\n",
          shell)
      end
    end
  end)
end)

test("castnet that is stopped stops its compiler, and says nothing", function()
  with_endless_compiler(function()
    local text = output_of(string.format("'%s/bin/two' 2>&1 & p=$!; sleep 0.5; kill $p; wait $p; echo $?; sleep 0.2; "
      .. "ps -A -o args | grep -c '[l]ua.*%s'", folder, folder))
    equal(text, "143\n0\n")
  end)
end)

test("castnet ignores LUA_INIT and LUA_PATH", function()
  equal(line_of(output_of(string.format("LUA_INIT='error()' '%s/bin/two' 2>&1", folder)), 1), expected)
end)

os.execute(string.format("rm -r '%s'", folder))

-- Hostile specs: each ends with one line that names the spec's line, within bounds of time and memory.
local harness = require "harness"
local sandbox = require "sandbox"
local spec = require "spec"
local test, equal = harness.test, harness.equal

local function quoted(text) return "'" .. text:gsub("'", "'\\''") .. "'" end

-- What loading the spec prints, in a process bounded as gen/castnet bounds the compiler.
local function load_bounded(path)
  local command = string.format("ulimit -t 60; ulimit -v 2097152; exec lua5.4 -E %s %s %s 2>&1",
    quoted(harness.root .. "/tests/gen/load_spec.lua"), quoted(harness.root), quoted(path))
  local process = assert(io.popen(command))
  local output = process:read("a")
  process:close()
  return output
end

for _, path in ipairs(harness.files("tests/specs/hostile", ".lua")) do
  test(path, function()
    local full = harness.root .. "/" .. path
    local output = load_bounded(full)
    equal(output:sub(1, #full), full, "path in the message")
    equal("SPEC" .. output:sub(#full + 1), harness.expected_error(full) .. "\n", "message")
  end)
end

local function message_of(content)
  local record, message = harness.load_text(content)
  equal(record, nil, "record")
  return message
end

test("compiled Lua is refused", function()
  equal(message_of(string.dump(function() end)), "SPEC:1: this is compiled Lua; a spec is text")
end)

test("a text that is too large is refused", function()
  equal(message_of(("-"):rep(1024 * 1024 + 1)), "SPEC: larger than 1024 KiB")
end)

test("binary rubbish is refused in one line", function()
  local message = message_of("\0\1\2\255\254\n\r\27[31m")
  equal(message:match("^SPEC:1: ") ~= nil, true, "has a line")
  equal(message:find("%c"), nil, "control character")
end)

test("bytes that are not UTF-8 and control characters beyond ASCII do not reach the terminal; letters do", function()
  equal(message_of("x = 'gr\xc3\xb6\xc3\x9fe\n"), "SPEC:1: unfinished string near ''gr\xc3\xb6\xc3\x9fe'")
  equal(message_of("x = 'gr\xf6\xdfe\n"), "SPEC:1: unfinished string near ''gr??e'")
  equal(message_of("x = '\xc2\x9b31m\n"), "SPEC:1: unfinished string near ''?31m'")
  equal(message_of("error('" .. ("\xc3\xb6"):rep(400) .. "')"), "SPEC:1: " .. ("\xc3\xb6"):rep(298) .. "...")
end)

test("a missing file and a folder", function()
  local _, missing = pcall(spec.load, "/nonexistent/a.lua")
  equal(missing, "/nonexistent/a.lua: No such file or directory")
  local _, folder = pcall(spec.load, "/")
  equal(folder, "/: Is a directory")
end)

test("a model has a largest number of nodes", function()
  local message = select(2, harness.load_body("local x = image while true do x = net.relu(x) end"))
  equal(message, "SPEC:4: relu: a model has at most 10000 nodes")
end)

test("slow single instructions end by time", function()
  local seconds = sandbox.limits.seconds
  sandbox.limits.seconds = 1
  local message = message_of("local s = '0123456789abcdef'\nfor _ = 1, 20 do s = s .. s end\n"
    .. "while true do\nlocal _ = s .. s\nend")
  sandbox.limits.seconds = seconds
  equal(message:match("^SPEC:[345]: the spec ran for 1 seconds without an end$") ~= nil, true, message)
end)

test("a long line of slow instructions ends by time", function()
  local seconds = sandbox.limits.seconds
  sandbox.limits.seconds = 1
  local before = os.clock()
  local message = message_of("local a = '0123456789abcdef'\nfor _ = 1, 20 do a = a .. a end\n"
    .. "local b, c, n = a .. 'x', a .. 'y'\n" .. ("n = b < c "):rep(30000))
  sandbox.limits.seconds = seconds
  equal(message, "SPEC:4: the spec ran for 1 seconds without an end")
  equal(os.clock() - before < 15, true, "ends soon")
end)

test("the name of a block is looked for at the start of its line", function()
  local before = os.clock()
  local message = message_of("local a = '" .. ("x"):rep(20000) .. "' local b = net.block(function(x) return x end)\n"
    .. "local c = net.block(5)")
  equal(message, "SPEC:2: block: needs a function, not 5")
  equal(os.clock() - before < 2, true, "quick")
end)

test("strings, hooks and globals are as before afterwards", function()
  local hook = debug.gethook()
  message_of("relu = 1 string.format = nil math.floor = nil error('x')")
  equal(("x"):rep(3), "xxx")
  equal(debug.gethook(), hook)
  equal(rawget(_G, "relu"), nil)
  equal(math.floor(1.5), 1)
end)

test("one spec leaves nothing to the next", function()
  message_of("leak = 5 table.leak = 5 return leak")
  equal(message_of("return leak"), "SPEC:1: leak is not available in a spec and was not set")
  equal(message_of("return table.leak"), "SPEC:1: table.leak is not available in a spec")
end)

-- What is left of Lua, run in the sandbox; the result is its text.
local function run(content)
  local ok, result = sandbox.run(content, {})
  return ok and tostring(result) or "error: " .. tostring(result)
end

test("pairs goes by key, numbers first", function()
  equal(run([[
    local text = ""
    for key, value in pairs { zeta = 1, [3] = 2, alpha = 3, [1] = 4, mid = 5, [2.5] = 6 } do
      text = text .. key .. "=" .. value .. " "
    end
    return text]]), "1=4 2.5=6 3=2 alpha=3 mid=5 zeta=1 ")
end)

test("pairs survives removal while it runs", function()
  equal(run("local t, n = { a = 1, b = 2, c = 3 }, 0 for k in pairs(t) do t.b = nil n = n + 1 end return n"), "2")
end)

test("text never holds an address", function()
  equal(run("return tostring({}) .. tostring(tostring) .. string.format('%s %s', {}, tostring)"),
    "tablefunctiontable function")
end)

test("format", function()
  equal(run("return ('%5.2f|%-4d|%s|%x|%%|%s'):format(3.14159, 7, 'x', 255, nil)"), " 3.14|7   |x|ff|%|nil")
  equal(run("return ('%q'):format('x')"):match("^error: string.format: %%q is not available") ~= nil, true)
  equal(run("return ('%'):format()"):match("^error: ") ~= nil, true)
end)

test("table functions", function()
  equal(run("local t = { 1, 2 } table.insert(t, 3) table.insert(t, 1, 0) return table.concat(t, ',')"), "0,1,2,3")
  equal(run("local t = { 1, 2, 3 } local a = table.remove(t, 1) local b = table.remove(t) return a .. b .. #t"), "131")
  equal(run("return table.remove({})"), "nil")
  equal(run("table.insert({}, 5, 1)"), "error: table.insert: no such position")
  equal(run("return select('#', table.unpack({ 1, 2, 3 }))"), "3")
end)

test("a byte order mark is no error", function()
  equal(run("\xEF\xBB\xBFreturn 1"), "1")
end)

-- Fuzzes what is read in Lua: changes seeds at random and reads them, for so many seconds.
--
--   lua5.4 mutate.lua ROOT pth|safetensors_lua|cifar|spec|tuning SECONDS [SEED]     (used by tests/fuzz/run)
--
-- Every input must end as a result or as one printable line, within seconds_each of CPU time and memory of a
-- small multiple of its size. `current` in the working folder is the input under way: after a hang it is the
-- culprit. What fails is kept as `failed`.
local root, kind, seconds, seed = arg[1], arg[2], tonumber(arg[3]), math.tointeger(tonumber(arg[4] or 1))
package.path = table.concat({ root .. "/gen/?.lua", root .. "/gen/?/init.lua", root .. "/tests/gen/?.lua",
  root .. "/tests/fuzz/?.lua", package.path }, ";")
local harness = require "harness"
local zip_crc = require "zip_crc"
harness.root = root

local seconds_each = 10          -- CPU time of one input
local memory_base = 96 * 1024    -- KiB of Lua's heap for the compiler itself and a model of a few layers
local memory_factor = 64         -- bytes of heap for a byte of input; a pickled number is a table of Lua's

local words = {  -- put into specs and headers: numbers at limits, and text that other text is made of
  "0", "-1", "1e308", "0/0", "1/0", "65537", "2147483648", "9223372036854775807", "0.5", "nil", "{}", "\"\"", "true",
  "{1, 2}", "image", "net.", "net.conv", "net.bn", "net.add", "end", "function() end", ",", "=", "..", "(", ")", "#",
  "kernel = 3", "groups = 2", "padding = 255", "stride = 256", "out = 1048576", "[", "]", "\\u0041", "\0", "\255",
}

-- ---- changes ----

local function any(list) return list[math.random(#list)] end

local changes = {
  function(text, at) return text:sub(1, at - 1) .. string.char(text:byte(at) ~ 1 << math.random(0, 7)) .. text:sub(at + 1) end,
  function(text, at) return text:sub(1, at - 1) .. string.char(math.random(0, 255)) .. text:sub(at + 1) end,
  function(text, at) return text:sub(1, at - 1) .. any { "\0\0\0\0", "\255\255\255\255", "\255\255\255\127" } .. text:sub(at + 4) end,
  function(text, at) return text:sub(1, at - 1) .. any(words) .. text:sub(at) end,
  function(text, at) return text:sub(1, at - 1) .. text:sub(at + math.random(16)) end,
  function(text, at) return text:sub(1, at) .. text:sub(math.max(1, at - math.random(32))) end,
  function(text, at) return text:sub(1, at) end,
  function(text, at) return (text:sub(1, at - 1) .. text:sub(at):gsub("%d+", any(words), 1)) end,
  function(text, at, other) return text:sub(1, at) .. other:sub(math.random(#other)) end,
}

local function changed(text, other)
  for _ = 1, math.random(3) do
    if #text > 0 then text = any(changes)(text, math.random(#text), other) end
  end
  return text
end

-- ---- readers: true, or false and the message ----

local function convert_to(ending)
  local convert = require "convert"
  return function() return pcall(convert.run, "current", "result" .. ending) end
end

local function convert_cifar()
  local cifar = require "convert.cifar"
  return function() return pcall(cifar.convert_records, "current", "result.bin", { { "labels", 10 } }) end
end

-- The whole compiler, so that what a spec says is followed to its C.
local function compile_whole()
  local graph_of, compiler = require "compile", require "compiler"
  return function(path)
    return pcall(function()
      compiler.write(graph_of(path, nil, { target = "portable" }), path:gsub("[^/]*$", "result"), root .. "/templates")
    end)
  end
end

-- Files of choices, as far as C functions are chosen.
local function tuned_tiny()
  local graph_of = require "compile"
  return function(path) return pcall(graph_of, "gen/specs/resnet8_tiny.lua", "choose_kernels", { tuning = path }) end
end

local function candidates_of_tiny()
  return require("tune").candidates(require("compile")("gen/specs/resnet8_tiny.lua", "prune_dead"))
end

local function is_line(kind_of, message)
  message = tostring(message)
  if message:find("%c") or not utf8.len(message) or message:find("internal error", 1, true) then return false end
  if kind_of == "spec" then return message:find("current:%d+: ") ~= nil or message:find("^%S*current: ") ~= nil end
  return message:find("^castnet: .*; ") ~= nil and not message:find("%.lua:%d")
end

local kinds = {
  pth = { folder = "tests/vectors/pth", endings = { ".pth" }, read = convert_to ".safetensors", mend = zip_crc.mend },
  safetensors_lua = { folder = "tests/vectors/pth", endings = { ".safetensors" }, read = convert_to ".pth" },
  cifar = { folder = "tests/vectors/cifar", endings = { ".pickle" }, read = convert_cifar() },
  spec = { folder = "tests/specs/ops", endings = { ".lua" }, read = compile_whole() },
  tuning = { endings = {}, seeds = candidates_of_tiny, read = tuned_tiny() },
}

-- ---- the loop ----

local function write(path, text)
  local file = assert(io.open(path, "wb"))
  file:write(text)
  assert(file:close())
end

local function fail(input, what)
  write("failed", input)
  print("failed: " .. what)
  os.exit(1)
end

local function here()
  local process = assert(io.popen("pwd"))
  local folder = process:read("l")
  process:close()
  return folder
end

local what = assert(kinds[kind], "pth, safetensors_lua, cifar, spec or tuning")
local seeds = what.seeds and what.seeds() or {}
for _, ending in ipairs(what.endings) do
  for _, path in ipairs(harness.files(what.folder, ending)) do
    local text = harness.read(root .. "/" .. path)
    if #text < 65536 then seeds[#seeds + 1] = text end
  end
end

math.randomseed(seed)
local current, stop = here() .. "/current", os.time() + seconds
local count, taken = 0, 0
while os.time() < stop do
  local from = any(seeds)
  local input = changed(from, any(seeds))
  if what.mend and math.random(4) > 1 then input = what.mend(input) end
  write("current", input)
  collectgarbage()
  local before, clock = collectgarbage("count"), os.clock()
  local ok, message = what.read(current)
  local took, grown = os.clock() - clock, collectgarbage("count") - before
  if not ok and not is_line(kind, message) then fail(input, "not one line: " .. tostring(message)) end
  if took > seconds_each then fail(input, string.format("%.1f s of CPU time", took)) end
  if grown > memory_base + memory_factor * #input / 1024 then fail(input, string.format("%.0f KiB of memory", grown)) end
  count, taken = count + 1, taken + (ok and 1 or 0)
end
print(string.format("done: %d inputs from %d seeds, %d taken, %d refused", count, #seeds, taken, count - taken))

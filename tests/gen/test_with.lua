-- --with: an op, an algorithm, a machine and an output, each from a file or two of tests/specs/with, with nothing of
-- gen/ or templates/ changed; and what is said of a file that will not do.
local harness = require "harness"
local test, equal = harness.test, harness.equal

local function quoted(text) return "'" .. text:gsub("'", "'\\''") .. "'" end

local function output_of(command)
  local pipe = assert(io.popen(command .. " 2>&1"))
  local text = pipe:read("a")
  local _, _, status = pipe:close()
  return text, status
end

local folder = output_of("mktemp -d"):gsub("\n", "")
local with = harness.root .. "/tests/specs/with/"

local function castnet(arguments, ...)
  return output_of(quoted(harness.root .. "/gen/castnet") .. " " .. arguments:format(...))
end

local function contains(text, part)
  if not text:find(part, 1, true) then error(string.format("no %q in: %s", part, text:sub(1, 2000)), 2) end
end

local function compiles(name, flags)
  local text, status = output_of(string.format("cd %s && cc -std=c99 -Wall -Wextra -Wpedantic -Wshadow -Werror %s -c *.c",
    quoted(folder .. "/" .. name), flags or ""))
  equal(text, "")
  equal(status, 0)
end

test("--with adds an op: its word, both directions, and evaluation", function()
  local text = castnet("%s --with %s --target portable -o %s", quoted(with .. "softsign_net.lua"),
    quoted(with .. "softsign.lua"), quoted(folder .. "/op"))
  equal(text, "")
  compiles "op"
  local kernels = harness.read(folder .. "/op/kernels.c")
  contains(kernels, "void softsign_6c8_forward(")
  contains(kernels, "void softsign_6c8_backward(")
  contains(harness.read(folder .. "/op/evaluate.c"), "softsign_6c8_forward(")
  contains(harness.read(folder .. "/op/kernels.h"), "--with softsign.lua")
  contains(castnet("%s --with=%s --print-name", quoted(with .. "softsign_net.lua"), quoted(with .. "softsign.lua")),
    "softsign_net-with-softsign\n")
  contains(castnet("%s --print-name", quoted(with .. "softsign_net.lua")), "unknown word net.softsign")
end)

local function of_one_channel()
  local path = folder .. "/one_channel.lua"
  local file = assert(io.open(path, "w"))
  file:write([[return net.model { name = "one", loss = net.cross_entropy {},
    input = { batch = 2, height = 4, width = 4, channels = 1 }, train = { optimizer = net.adam {}, epochs = 1 },
    forward = function(image)
      return net.linear(net.flatten(net.relu(net.conv(image, "conv", { out = 1, kernel = 1 }))), "fc", { out = 2 })
    end }]])
  file:close()
  return quoted(path)
end

test("--with adds an algorithm, which is chosen by its cost", function()
  equal(castnet("%s --with %s --target portable -o %s", of_one_channel(), quoted(with .. "plain_relu.lua"),
    quoted(folder .. "/algorithm")), "")
  compiles "algorithm"
  contains(harness.read(folder .. "/algorithm/layers.txt"), "plain_relu_4c1_forward")
  contains(harness.read(folder .. "/algorithm/evaluate.c"), "plain_relu_4c1_forward(")
end)

test("--with adds a machine", function()
  equal(castnet("%s --with %s --target sse -o %s", of_one_channel(), quoted(with .. "sse.lua"),
    quoted(folder .. "/machine")), "")
  contains(harness.read(folder .. "/machine/flags.mk"), "-march=x86-64\n")
  compiles "machine"
end)

test("--with adds an output", function()
  equal(castnet("%s --with %s --as picture -o %s", of_one_channel(), quoted(with .. "picture.lua"),
    quoted(folder .. "/output")), "")
  equal(output_of("ls " .. quoted(folder .. "/output")), "one.dot\n")
  contains(harness.read(folder .. "/output/one.dot"), 'eval_relu -> eval_flatten [label="flatten"];')
end)

-- What castnet says of a file with that text, when it goes on to what `arguments` ask for.
local function refuses(text, expected, arguments)
  local path = folder .. "/wrong.lua"
  local file = assert(io.open(path, "w"))
  file:write(text)
  file:close()
  local said, status = castnet("%s --with %s %s", of_one_channel(), quoted(path), arguments or "--print-name")
  equal(said, "castnet: --with " .. path .. ":" .. expected .. "\n")
  equal(status, 1)
end

test("--with says what is wrong with its file", function()
  refuses("return 1", " must return a table of lists, not a number")
  refuses("return { op = {} }", " returns op, but only words, ops, kernels, machines, outputs and passes are known")
  refuses("return { ops = { { name = 'relu', shape = 1, arguments = 1 } } }",
    " there is a relu among the ops already; choose another name")
  refuses("return { kernels = { { op = 'relu' } } }", " relu of kernels needs the field template")
  refuses("return { outputs = { { name = 'o', files = {}, reports = {}, programs = {}, passes = { 'fly' } } } }",
    " output o names a pass fly that there is not")
  refuses("return { ops = { 1 } }", " each entry of ops must be a table with its name")
  contains(castnet("x.lua --with /no/such.lua"), "castnet: --with /no/such.lua: cannot open")
  contains(castnet("x.lua --with 'a b.lua'"), "castnet: --with FILE: the file's path is made of letters")
end)

-- The text of a file of tests/specs/with with a word of it misspelt.
local function misspelt(name, word, as)
  local text, count = harness.read(with .. name):gsub(word, as, 1)
  equal(count, 1)
  return text
end

test("--with names a field that is misspelt, in one line", function()
  refuses(misspelt("softsign.lua", "op.shape", "op.shpae"), " softsign of ops has no field shpae; did you mean shape?")
  refuses(misspelt("softsign.lua", "about =", "abuot ="), " softsign of words has no field abuot; did you mean about?")
  refuses(misspelt("plain_relu.lua", "cost =", "costs ="), " relu of kernels has no field costs; did you mean cost?")
  refuses(misspelt("sse.lua", "registers", "registres"), " sse of machines has no field registres; did you mean registers?")
  refuses(misspelt("sse.lua", "depth", "depht"), " sse of machines has a tile, which has no field depht; did you mean depth?")
  refuses(misspelt("picture.lua", "reports", "colours"), " picture of outputs has no field colours")
  refuses("return { passes = { { name = 'p', runs = print } } }", " p of passes has no field runs; did you mean run?")
end)

test("--with names a field that its code asks for and there is none of, in one line", function()
  refuses("return { passes = { { name = 'p', run = function(graph)\n  return graph.nodse\nend } },\n"
    .. "outputs = { { name = 'o', passes = { 'p' }, files = {}, reports = {}, programs = {} } } }",
    "2: a graph has no field nodse; did you mean nodes?", "--as o --stop-after p")
  refuses(misspelt("plain_relu.lua", "positions.of \"out\"", "function(node) return node.atributes end"),
    "12: a node has no field atributes; did you mean attributes?", "--stop-after choose_kernels")
end)

os.execute("rm -r " .. quoted(folder))

-- castnet records: the python version of CIFAR as Python 2 and numpy write it (tests/torch/cifar_vectors.py), and
-- pickles that are something else.
local aside = require "aside"
local cifar = require "convert.cifar"
local harness = require "harness"
local test, equal = harness.test, harness.equal

local vectors = harness.root .. "/tests/vectors/cifar/"
local folder = assert(io.popen("mktemp -d")):read("l")
local source, target = folder .. "/in", folder .. "/out.bin"
local ten = { { "labels", 10 } }

local function write(path, text)
  local file = assert(io.open(path, "wb"))
  file:write(text)
  file:close()
end

local function exists(path)
  local file = io.open(path, "rb")
  if file then file:close() end
  return file ~= nil
end

local function converted(text)
  write(source, text)
  os.remove(target)
  local ok, problem = pcall(cifar.convert_records, source, target, ten)
  assert(not exists(aside.name(target)), "left a .part behind")
  if ok then return harness.read(target) end
  assert(type(problem) == "string" and problem:match("^castnet: [^\n]*; [^\n]+$") and not problem:find("[^\x20-\x7e]")
    and not problem:find("%.lua:%d"), "not an error of one line: " .. tostring(problem))
  assert(not exists(target), "an error, and yet a file")
  return nil, problem
end

local function refused(text, pattern)
  local result, problem = converted(text)
  assert(not result, "taken")
  assert(problem:find(pattern), problem)
end

local python2 = harness.read(vectors .. "python2.pickle")

local function replaced(from, to)
  local first, last = python2:find(from, 1, true)
  assert(first, "no " .. from)
  return python2:sub(1, first - 1) .. to .. python2:sub(last + 1)
end

test("what Python 2 and numpy wrote becomes the same records", function()
  local records = harness.read(vectors .. "records.bin")
  for _, name in ipairs { "python2", "protocol2", "protocol4", "protocol5", "bytes" } do
    assert(converted(harness.read(vectors .. name .. ".pickle")) == records, name)
  end
end)

test("what could run, and what is no such array, is refused", function()
  refused(replaced("cnumpy\ndtype\n", "cos\nsystem\n"), "holds os%.system, and only arrays")
  refused(replaced("cnumpy\ndtype\n", "cnumpy\nload\n"), "holds numpy%.load, and only arrays")
  refused(replaced("U\2u1", "U\2f4"), "something else than bytes")
  refused(replaced("tb\x89", "tb\x88"), "something else than bytes, row by row")
  refused(replaced("K\2M\0\x0c", "K\3M\0\x0c"), "other bytes than its shape says")
  refused(replaced("M\0\x0c", "M\1\x0c"), "no rows of 3072 bytes")
  refused(replaced("K\6K\9e", "K\6e"), "2 images, but not as many labels")
  refused(replaced("K\6K\9e", "K\6K\x0ae"), "labels 1 is not from 0 to 9")
  refused(replaced("K\6K\9e", "K\6U\0e"), "labels 1 is not from 0 to 9")
  refused(replaced("U\6labels", "U\6wheels"), "not as many labels")
  refused(replaced("U\4data", "U\4date"), "no images under 'data'")
  refused("\x80\2]q.", "")
  refused("\x80\2].", "holds no dict")
  refused("", "ends in the middle")
end)

test("cut short anywhere it is refused", function()
  for count = 1, #python2 - 1, 61 do refused(python2:sub(1, count), "") end
end)

test("a set of the python version becomes the binary one", function()
  local from, to = folder .. "/py", folder .. "/bin"
  os.execute(("mkdir %s %s"):format(aside.quote(from), aside.quote(to)))
  for i = 1, 5 do write(from .. "/data_batch_" .. i, python2) end
  write(from .. "/test_batch", python2)
  write(from .. "/batches.meta", "\x80\2}U\x0blabel_names](U\3catU\3doges.")
  local command = ("%s/gen/castnet records %s -o %s 2>&1"):format(aside.quote(harness.root), aside.quote(from), aside.quote(to))
  equal(assert(io.popen(command)):read("a"), "")
  equal(harness.read(to .. "/batches.meta.txt"), "cat\ndog\n")
  equal(harness.read(to .. "/data_batch_5.bin"), harness.read(vectors .. "records.bin"))
  equal(harness.read(to .. "/test_batch.bin"), harness.read(vectors .. "records.bin"))
  os.remove(from .. "/batches.meta")
  local said = assert(io.popen(command)):read("a")
  assert(said:find("^castnet: .*/py: has neither batches%.meta nor meta; give the folder[^\n]*\n$"), said)
end)

os.execute("rm -rf " .. aside.quote(folder))

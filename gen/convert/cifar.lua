-- castnet records FOLDER -o DIR: the python version of CIFAR-10 or CIFAR-100, pickles of arrays, becomes the binary
-- version, files of records, byte for byte.
local fail = require "convert.fail"
local input = require "convert.input"
local output = require "convert.output"
local pickle_reader = require "convert.pickle_reader"

local cifar = {}

local longest = 256 << 20  -- bytes of a pickle; CIFAR-100's has 150 million
local pixels = 3072
local advice = "fetch the python version again"

-- ---- what such a pickle may name: numpy's arrays of bytes, and nothing else ----

local function is(value, kind) return type(value) == "table" and value.kind == kind end

-- (version, shape, type, whether columns come first, bytes): rows of pixels.
local function fill_array(array, state)
  local shape = is(state, "tuple") and state.n == 5 and state[2]
  if not is(shape, "tuple") or shape.n ~= 2 or shape[2] ~= pixels or math.type(shape[1]) ~= "integer" then
    fail.because(advice, "has an array that is no rows of %d bytes", pixels)
  end
  if not is(state[3], "dtype") or state[3].code ~= "u1" or state[4] ~= false then
    fail.because(advice, "has an array of something else than bytes, row by row")
  end
  if type(state[5]) ~= "string" or shape[1] < 0 or #state[5] // pixels ~= shape[1] or #state[5] % pixels ~= 0 then
    fail.damaged("the array has other bytes than its shape says")
  end
  array.rows, array.bytes = shape[1], state[5]
end

-- (bytes, type, shape, order): as protocol 5 has an array.
local function array_of_buffer(arguments)
  local made = { kind = "array" }
  fill_array(made, { kind = "tuple", n = 5, 1, arguments[3], arguments[2], arguments[4] ~= "C", arguments[1] })
  return made
end

-- (text, encoding): bytes, as Python 3 writes them for Python 2. Each character is a byte, those from 128 on of two.
local function bytes_of_text(arguments)
  local text, encoding = arguments[1], arguments[2]
  if type(text) ~= "string" or encoding ~= "latin1" and encoding ~= "latin-1" then
    fail.damaged("the pickle has bytes in another encoding than latin1")
  end
  return (text:gsub("([\xc2\xc3])([\x80-\xbf])", function(first, second)
    return first == "\xc2" and second or string.char(second:byte() + 64)
  end))
end

local array = { kind = "global", call = function() return { kind = "array", set_state = fill_array } end }
local known = {
  ["numpy.core.numeric._frombuffer"] = { kind = "global", call = array_of_buffer },
  ["numpy._core.numeric._frombuffer"] = { kind = "global", call = array_of_buffer },
  ["numpy.core.multiarray._reconstruct"] = array, ["numpy._core.multiarray._reconstruct"] = array,
  ["_codecs.encode"] = { kind = "global", call = bytes_of_text },
  ["numpy.ndarray"] = { kind = "global" },
  ["numpy.dtype"] = {
    kind = "global",
    call = function(arguments) return { kind = "dtype", code = arguments[1], set_state = function() end } end,
  },
}

local names = {
  advice = advice, keeps_bytes = true,
  find = function(module, name)
    local full = module .. "." .. name
    if not known[full] then fail.because(advice, "holds %s, and only arrays, lists, strings and numbers are read", full) end
    return known[full]
  end,
}

-- ---- the files ----

-- The dict of a pickle, its values by key.
local function read_dict(path)
  local file <close> = setmetatable({ input = input.open(path) }, { __close = function(held) held.input:close() end })
  if file.input.size > longest then fail.because(advice, "is longer than the python version of CIFAR") end
  local dict = pickle_reader.read(file.input:read(0, file.input.size, "the pickle"), 1, names)
  if not is(dict, "dict") then fail.because(advice, "holds no dict") end
  return dict.values
end

-- A list of `count` labels below `classes`.
local function check_labels(list, name, count, classes)
  if not is(list, "list") or list.n ~= count then
    fail.because(advice, "has %d images, but not as many %s", count, name)
  end
  for i = 1, count do
    local label = list[i]
    if math.type(label) ~= "integer" or label < 0 or label >= classes then
      fail.because(advice, "%s %d is not from 0 to %d", name, i - 1, classes - 1)
    end
  end
end

-- labels: { name of the list, classes } for each label byte, in their order.
local function write_records(dict, labels, out)
  local images = dict.data
  if not is(images, "array") or not images.bytes then fail.because(advice, "has no images under 'data'") end
  local lists = {}
  for i, label in ipairs(labels) do
    check_labels(dict[label[1]], label[1], images.rows, label[2])
    lists[i] = dict[label[1]]
  end
  for row = 1, images.rows do
    for _, list in ipairs(lists) do out:write(string.char(list[row])) end
    out:write(images.bytes:sub((row - 1) * pixels + 1, row * pixels))
  end
end

local function write_names(dict, key, out)
  local list = dict[key]
  if not is(list, "list") or list.n == 0 then fail.because(advice, "has no names under '%s'", key) end
  for i = 1, list.n do
    local name = list[i]
    if type(name) ~= "string" or name == "" or name:find("%c") then fail.because(advice, "has a name that is none") end
    out:write(name .. "\n")
  end
end

-- Makes the file `to` of the pickle `from`; fill(dict, out) writes it. Errors name `from`.
local function convert_file(from, to, fill)
  local out
  local ok, problem = pcall(function()
    local dict = read_dict(from)
    out = output.open(to)
    fill(dict, out)
    out:commit()
  end)
  if ok then return end
  if out then out:abandon() end
  local text, path = fail.text(problem)
  if not text and tostring(problem):find("not enough memory", 1, true) then text = "not enough memory; raise the limit" end
  error(text and string.format("castnet: %s: %s", path or from, text) or problem, 0)
end

function cifar.convert_records(from, to, labels)
  convert_file(from, to, function(dict, out) write_records(dict, labels, out) end)
end

local function convert_names(from, to, key)
  convert_file(from, to, function(dict, out) write_names(dict, key, out) end)
end

-- Of each set its labels, { pickle, records } and { pickle, names, key }.
local sets = {
  { labels = { { "labels", 10 } }, names = { { "batches.meta", "batches.meta.txt", "label_names" } },
    records = { { "data_batch_1", "data_batch_1.bin" }, { "data_batch_2", "data_batch_2.bin" },
      { "data_batch_3", "data_batch_3.bin" }, { "data_batch_4", "data_batch_4.bin" },
      { "data_batch_5", "data_batch_5.bin" }, { "test_batch", "test_batch.bin" } } },
  { labels = { { "coarse_labels", 20 }, { "fine_labels", 100 } },
    names = { { "meta", "fine_label_names.txt", "fine_label_names" },
      { "meta", "coarse_label_names.txt", "coarse_label_names" } },
    records = { { "train", "train.bin" }, { "test", "test.bin" } } },
}

local function is_there(path)
  local file = io.open(path, "rb")
  if file then file:close() end
  return file ~= nil
end

local function set_in(folder)
  for _, set in ipairs(sets) do
    if is_there(folder .. "/" .. set.names[1][1]) then return set end
  end
  error(string.format("castnet: %s: has neither batches.meta nor meta; give the folder of the python version of CIFAR",
    fail.printable(folder)), 0)
end

-- The command; `arguments` are those after `records`.
function cifar.main(argparse, arguments)
  local parser = argparse("castnet records", "Makes files of records of the python version of CIFAR-10 or CIFAR-100.")
    :epilog "Of its pickles it reads arrays, lists, strings and numbers; nothing in them is run."
  parser:argument("input", "Its folder, such as cifar-10-batches-py."):argname("FOLDER")
  parser:option("-o --output", "The folder of the files, which is there."):argname("DIR"):count(1)
  local options = parser:parse(arguments)
  local set = set_in(options.input)
  for _, file in ipairs(set.records) do
    cifar.convert_records(options.input .. "/" .. file[1], options.output .. "/" .. file[2], set.labels)
  end
  for _, file in ipairs(set.names) do
    convert_names(options.input .. "/" .. file[1], options.output .. "/" .. file[2], file[3])
  end
end

return cifar

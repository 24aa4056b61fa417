-- The data set of a model: what the spec's `data` table says, checked against the model, and the names that
-- follow from the set's own. Runs while a spec does, so strings have no methods (sandbox.lua).
local fields = require "fields"
local sandbox = require "sandbox"
local words = require "words"

local data = {}
local fail_at = sandbox.fail_at

local make_set = fields.declare("data set", [[name! short! variable! folder! classes! label_bytes! label! label_size! records!
  train! test! class_names]])

-- "CIFAR-100" -> "cifar100"
local function short_name(name) return (string.gsub(string.lower(name), "[^%w]", "")) end

local function refuse_file_twice(set, line)
  local seen = {}
  for _, list in ipairs { set.train, set.test } do
    for _, file in ipairs(list) do
      if seen[file] then fail_at(line, "model data: %s is named twice; train and test take files of their own", file) end
      seen[file] = true
    end
  end
end

local function check(set, classes, line)
  if set.classes ~= classes then
    fail_at(line, "model data: classes is %d, but forward returns %d logits; they must be the same number", set.classes, classes)
  end
  if set.label < 1 or set.label + set.label_size - 1 > set.label_bytes then
    fail_at(line, "model data: label is %d%s, but a record has %d label byte%s", math.max(set.label, 1),
      set.label_size == 1 and "" or " and the next byte, as for more than 256 classes", set.label_bytes,
      set.label_bytes == 1 and "" or "s")
  end
  if type(set.class_names) == "table" and #set.class_names ~= classes then
    fail_at(line, "model data: class_names has %d names, classes is %d", #set.class_names, classes)
  end
  refuse_file_twice(set, line)
end

local function channels(given, input, name, default)
  if given then
    if #given ~= input.channels then
      sandbox.fail("model input: %s has %d numbers, channels is %d", name, #given, input.channels)
    end
    return given
  end
  if input.channels == 3 then return { table.unpack(words.cifar10[name]) } end
  local list = {}
  for i = 1, input.channels do list[i] = default end
  return list
end

-- What is subtracted from each channel and what divides it after that.
function data.normalisation(input)
  return channels(input.mean, input, "mean", 0.0), channels(input.std, input, "std", 1.0)
end

-- What comes next to 0 after normalisation: the byte nearest to each channel's mean.
function data.mean_bytes(mean)
  local bytes = {}
  for i, value in ipairs(mean) do bytes[i] = math.floor(math.max(0, math.min(1, value)) * 255 + 0.5) end
  return bytes
end

-- The set that the record holds, from the spec's table (nil: CIFAR-10's files), the number of logits and the
-- line of the model:
--   name, short, variable, folder   what it is called, and where it is looked for
--   label_bytes, label, label_size  of each record; label_size bytes from the label-th on are the class
--   records                         in each file, or 0 for as many as its size says
--   train, test                     lists of file names
--   class_names                     a list, the name of a file, or nil
function data.describe(given, classes, line)
  local attrs = given or words.cifar10_data
  local short = short_name(attrs.name)
  local label_size = attrs.classes and attrs.classes > 256 and 2 or 1
  local label_bytes = attrs.label_bytes or label_size
  local set = make_set {
    name = attrs.name, short = short, variable = string.upper(short) .. "_DIR",
    -- CIFAR-10 has the folder itself, others a folder in it.
    folder = short == "cifar10" and "build/data" or "build/data/" .. short,
    classes = attrs.classes or classes, label_bytes = label_bytes,
    label = attrs.label or label_bytes - label_size + 1, label_size = label_size,
    records = attrs.records or 0, train = attrs.train, test = attrs.test, class_names = attrs.class_names,
  }
  check(set, classes, line)
  return set
end

return data

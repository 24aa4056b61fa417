-- The train table of a model: what its words ask of each other.
local fields = require "fields"
local options = require "options"
local sandbox = require "sandbox"
local words = require "words"

local train = {}
local fail, show = sandbox.fail, sandbox.show

-- A constructor of what has the options of these lists, and the fields of `more`.
local function with_fields(kind, more, ...)
  local names = { more }
  for _, list in ipairs { ... } do
    for _, option in ipairs(list) do names[#names + 1] = option.name end
  end
  return (fields.declare(kind, table.concat(names, " ")))
end

local make_train = with_fields("train table", "", words.train)
local make_augment = with_fields("augment table", "fill", words.augment)

-- Options that are made by words: which words, and a constructor that has the options of all.
local made = {}
for _, option in ipairs(words.train) do
  if option.by then
    local lists = {}
    for i, word in ipairs(option.by) do lists[i] = words.by_name[word].options end
    made[option.name] = { by = option.by, make = with_fields(option.name, "kind", table.unpack(lists)) }
  end
end

-- What an option is where its word isn't the one that was chosen.
local function neutral(option)
  if option.type == "choice" then return option.choices[1] end
  if option.type == "flag" then return false end
  return option.type == "integer" and 0 or 0.0
end

-- The content with the options of all words that might stand in its place.
local function with_all_options(content, of)
  local result = of.make { kind = content.kind }
  for _, word in ipairs(of.by) do
    for _, option in ipairs(words.by_name[word].options) do
      local value = content[option.name]
      if value == nil then value = neutral(option) end
      result[option.name] = value
    end
  end
  return result
end

local function check_schedule(schedule, optimizer, epochs)
  if schedule.warmup > epochs then
    fail("%s: warmup of %s epochs is longer than the training, %d epochs", schedule.kind, show(schedule.warmup), epochs)
  end
  if schedule.cycle_momentum and optimizer.kind == "sgd" and optimizer.momentum == 0 then
    fail("one_cycle: moves the momentum, but sgd has none; give it momentum or say cycle_momentum = false")
  end
  if schedule.kind == "cosine" and schedule.lr_min > optimizer.lr then
    fail("cosine: lr_min %s is above lr %s", show(schedule.lr_min), show(optimizer.lr))
  end
end

local function check_augment(augment, input)
  local narrowest = math.min(input.height, input.width)
  if augment.border == "reflect" and augment.crop_padding >= narrowest then
    fail("model train augment: a border that reflects must be narrower than the image: crop_padding %d, %d pixels",
      augment.crop_padding, narrowest)
  end
end

-- Completes the table that words.train describes, for a model with that input.
function train.complete(given, input)
  given.schedule = given.schedule or options.make("constant")
  for _, name in ipairs { "optimizer", "schedule" } do given[name] = with_all_options(given[name], made[name]) end
  given.augment = make_augment(given.augment)
  check_schedule(given.schedule, given.optimizer, given.epochs)
  check_augment(given.augment, input)
  return make_train(given)
end

return train

-- The train table of a model: what its words ask of each other.
local fields = require "fields"
local groups = require "spec.groups"
local optimizer_list = require "optimizers"
local options = require "options"
local sandbox = require "sandbox"
local words = require "words"

local train = {}
local fail, fail_at, show = sandbox.fail, sandbox.fail_at, sandbox.show

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

-- Words of which one is chosen, and a constructor that has the options of all.
local function one_of(kind, by, more)
  local lists = {}
  for i, word in ipairs(by) do lists[i] = words.by_name[word].options end
  return { by = by, make = with_fields(kind, "kind " .. more, table.unpack(lists)) }
end

local optimizers = one_of("optimizer", words.optimizers, "line")
local schedules = one_of("part of a schedule", words.schedules, "begins")
local make_schedule = fields.declare("schedule", "kind! warmup! parts!")

-- What an option is where its word isn't the one that was chosen.
local function neutral(option)
  if option.type == "choice" then return option.choices[1] end
  if option.type == "flag" then return false end
  if option.type == "rising" then return {} end
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

local function complete_optimizer(content)
  local optimizer = with_all_options(content, optimizers)
  optimizer.line = content.line
  return optimizer
end

-- A part of the training with its schedule. begins: after so many epochs of the schedule.
local function part_of(schedule, begins)
  local part = with_all_options(schedule, schedules)
  part.begins = begins
  return part
end

-- What a schedule became: one part, or several.
local function parts_of(schedule)
  if schedule.kind ~= "sequential" then return { part_of(schedule, 0.0) } end
  local parts = {}
  for i, part in ipairs(schedule.parts) do parts[i] = part_of(part, schedule.milestones[i - 1] or 0.0) end
  return parts
end

-- What is wrong with a part of `epochs` epochs of schedule, or nil.
local function fault_of(part, i, optimizer, epochs)
  if i > 1 and part.begins >= epochs then
    return string.format("part %d begins after %s epochs, but there are %s", i, show(part.begins), show(epochs))
  elseif part.cycle_momentum and optimizer_list[optimizer.kind].momentum == "momentum" and optimizer.momentum == 0 then
    return string.format("moves the momentum, but %s has none; give it momentum or say cycle_momentum = false", optimizer.kind)
  elseif part.lr_min > optimizer.lr then
    return string.format("lr_min %s is above lr %s", show(part.lr_min), show(optimizer.lr))
  end
end

-- line: of the schedule.
local function check_schedule(schedule, line, optimizer, epochs)
  if schedule.warmup > epochs then
    fail_at(line, "%s: warmup of %s epochs is longer than the training, %s epochs", schedule.kind, show(schedule.warmup), show(epochs))
  end
  for i, part in ipairs(schedule.parts) do
    local fault = fault_of(part, i, optimizer, epochs - schedule.warmup)
    if fault then fail_at(line, "%s: %s", schedule.kind, fault) end
  end
end

-- Of what works on colors: images that have some, or are grey, as Pillow's RGB and L.
local function check_colors(augment, input)
  local jitter = augment.color_jitter
  local word = augment.trivial_augment and "trivial_augment" or jitter and "color_jitter"
  if word and input.channels ~= 1 and input.channels ~= 3 then
    fail("model train augment: %s is for images of 1 or 3 channels, not %d", word, input.channels)
  elseif jitter and math.max(jitter.brightness, jitter.contrast, jitter.saturation, jitter.hue) == 0 then
    fail("model train augment: color_jitter changes nothing; give brightness, contrast, saturation or hue")
  end
end

local function check_augment(augment, input)
  check_colors(augment, input)
  local narrowest = math.min(input.height, input.width)
  if augment.border == "reflect" and augment.crop_padding >= narrowest then
    fail("model train augment: a border that reflects must be narrower than the image: crop_padding %d, %d pixels",
      augment.crop_padding, narrowest)
  end
end

-- Completes the table that words.train describes, for a model with that input.
function train.complete(given, input)
  given.schedule = given.schedule or options.make("constant")
  local line = given.schedule.line
  given.optimizer = complete_optimizer(given.optimizer)
  given.schedule = make_schedule {
    kind = given.schedule.kind, warmup = given.schedule.warmup, parts = parts_of(given.schedule),
  }
  given.augment = make_augment(given.augment)
  check_schedule(given.schedule, line, given.optimizer, given.epochs)
  check_augment(given.augment, input)
  return make_train(given)
end

-- Completes what the table says of parameters by name, once the network's nodes are recorded.
function train.resolve(given, nodes)
  given.groups = groups.resolve(given.groups, given.optimizer, nodes, complete_optimizer)
end

return train

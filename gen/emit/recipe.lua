-- The numbers of a spec's train table that the trainer's command line may change. What is compiled in
-- is not among them: a 0 that left code or memory out, and what another setting overrules.
local options = require "options"
local text = require "emit.text"
local words = require "words"

local recipe = {}

local c_types = { integer = "int", number = "double", probability_or_flag = "double" }
local members = { warmup = "warmup_epochs" }  -- of struct model_recipe, where the spec's word differs

local function is_fixed(train, option)
  local optimizer, schedule = train.optimizer, train.schedule
  local name = option.name
  if name == "momentum" or name == "beta1" then
    return schedule.cycle_momentum or optimizer[name] == 0 and optimizer.kind == "sgd"
  elseif name == "dampening" then
    return optimizer.nesterov or optimizer.momentum == 0
  elseif name == "base_momentum" or name == "max_momentum" then
    return not schedule.cycle_momentum
  end
  return name == "weight_decay" and optimizer.weight_decay == 0
end

-- The limits as the smallest and the largest double, or integer, that will do.
local function limits(option)
  local low = option.min or option.above and 0x1p-1074
  local high = option.max or option.below and option.below * (1 - 0x1p-53)
  assert((option.above or 0) == 0 and (option.below or 1) == 1, option.name)
  return text.number(low or -0x1.fffffffffffffp1023), text.number(high or 0x1.fffffffffffffp1023)
end

local function add(rows, train, list)
  for _, option in ipairs(list) do
    if c_types[option.type] and not is_fixed(train, option) then
      local low, high = limits(option)
      rows[#rows + 1] = {
        option = option.name:gsub("_", "-"), about = text.quote(option.about), unit = text.quote(option.unit or ""),
        takes = options.number_noun(option), member = members[option.name] or option.name,
        is_int = option.type == "integer", low = low, high = high,
      }
    end
  end
end

-- Rows in the order of the words; each {option, about, takes, unit, member, is_int, low, high}.
function recipe.numbers(train)
  local rows = {}
  add(rows, train, words.train)
  add(rows, train, words.by_name[train.optimizer.kind].options)
  add(rows, train, words.by_name[train.schedule.kind].options)
  add(rows, train, words.augment)
  return rows
end

return recipe

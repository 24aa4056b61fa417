-- The numbers of a spec's train table that the trainer's command line may change. What is compiled in
-- is not among them: a 0 that left code or memory out, and what another setting overrules.
local options = require "options"
local text = require "emit.text"
local words = require "words"

local recipe = {}

local c_types = { integer = "int", number = "double", flip = "double" }
local members = {  -- of struct model_recipe, where they are not called as the spec's word
  warmup = "warmup_epochs", crop_padding = "augment.crop_padding", flip = "augment.flip",
  cutout = "augment.cutout", mixup = "augment.mixup",
}

local function is_fixed(train, option)
  local optimizer, schedule = train.optimizer, train.schedule
  local name = option.name
  if name == "momentum" or name == "beta1" then
    return schedule.cycle_momentum or optimizer[name] == 0 and optimizer.kind == "sgd"
  elseif name == "dampening" then
    return optimizer.nesterov or optimizer.momentum == 0
  elseif name == "base_momentum" or name == "max_momentum" then
    return not schedule.cycle_momentum
  elseif name == "clip_norm" or name == "ema_decay" then
    return not train[name]
  end
  return name == "weight_decay" and optimizer.weight_decay == 0
end

local function option_name(option) return (option.name:gsub("_", "-")) end

-- The limits as the smallest and the largest double, or integer, that will do.
local function limits(option)
  local low = option.min or option.above and 0x1p-1074
  local high = option.max or option.below and option.below * (1 - 0x1p-53)
  assert((option.above or 0) == 0 and (option.below or 1) == 1, option.name)
  return text.number(low or -0x1.fffffffffffffp1023), text.number(high or 0x1.fffffffffffffp1023)
end

-- The option with the limits that the rest of the spec leaves, which PyTorch has too: a border that is the image
-- mirrored is narrower than the image, and Nesterov's momentum is above 0.
local function narrowed(record, option)
  local train, limits_here = record.train, {}
  if option.name == "crop_padding" and train.augment.border == "reflect" then
    limits_here.max = math.min(option.max, math.min(record.input.height, record.input.width) - 1)
  elseif option.name == "momentum" and train.optimizer.nesterov then
    limits_here.min, limits_here.above = false, 0
  end
  return setmetatable(limits_here, { __index = option })
end

local function add(rows, record, list)
  for _, entry in ipairs(list) do
    if c_types[entry.type] and not is_fixed(record.train, entry) then
      local option = narrowed(record, entry)
      local low, high = limits(option)
      rows[#rows + 1] = {
        option = option_name(option), about = text.quote(option.about), unit = text.quote(option.unit or ""),
        takes = options.number_noun(option), member = members[option.name] or option.name,
        is_int = option.type == "integer", low = low, high = high,
        word = option.type == "flip" and '"alternating", MODEL_FLIP_ALTERNATING' or "NULL, 0",
      }
    end
  end
end

-- Rows in the order of the words; each {option, about, takes, unit, member, is_int, low, high, word}.
function recipe.numbers(record)
  local rows = {}
  add(rows, record, words.train)
  add(rows, record, words.by_name[record.train.optimizer.kind].options)
  add(rows, record, words.by_name[record.train.schedule.kind].options)
  add(rows, record, words.augment)
  return rows
end

-- Options of the other numbers that a spec's train table may have.
function recipe.compiled_in(record)
  local seen, list = {}, {}
  for _, row in ipairs(recipe.numbers(record)) do seen[row.option] = true end
  local function add_others(entries)
    for _, entry in ipairs(entries) do
      local option = option_name(entry)
      if c_types[entry.type] and not seen[option] then
        seen[option] = true
        list[#list + 1] = option
      end
      for _, word in ipairs(entry.by or {}) do add_others(words.by_name[word].options) end
    end
  end
  add_others(words.train)
  return list
end

-- What comes next to 0 after normalisation: the byte nearest to each channel's mean.
function recipe.mean_bytes(record)
  local bytes = {}
  for i, mean in ipairs(record.mean) do bytes[i] = math.floor(math.max(0, math.min(1, mean)) * 255 + 0.5) end
  return table.concat(bytes, ", ")
end

return recipe

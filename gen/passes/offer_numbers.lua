-- Says which numbers of the train table the trainer's command line may change, and within which limits, graph.numbers.
-- What is compiled in is not among them, a 0 that left code or memory out and what another setting overrules:
-- graph.compiled_in names those.
local graph_module = require "graph"
local options = require "options"
local words = require "words"

local is_number = { integer = true, number = true, flip = true }

local function is_fixed(train, option)
  local optimizer, schedule = train.optimizer, train.schedule.parts[1]
  local name = option.name
  if name == "momentum" or name == "beta1" then
    return schedule.cycle_momentum or name == "momentum" and optimizer.momentum == 0
  elseif name == "ns_steps" then
    return true
  elseif name == "dampening" then
    return optimizer.nesterov or optimizer.momentum == 0
  elseif name == "base_momentum" or name == "max_momentum" then
    return not schedule.cycle_momentum
  elseif name == "clip_norm" or name == "ema_decay" then
    return not train[name]
  end
  return name == "weight_decay" and optimizer.weight_decay == 0
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

local function number(record, option)
  local narrow = narrowed(record, option)
  assert((narrow.above or 0) == 0 and (narrow.below or 1) == 1, narrow.name)
  return graph_module.number {
    name = option.name, type = option.type, about = option.about, unit = option.unit or "", takes = options.number_noun(narrow),
    low = narrow.min or narrow.above and 0x1p-1074 or -0x1.fffffffffffffp1023,
    high = narrow.max or narrow.below and 1 - 0x1p-53 or 0x1.fffffffffffffp1023,
  }
end

-- In the order of the words. Of a schedule of several parts the spec alone says the numbers.
local function offered(record)
  local train, list = record.train, {}
  for _, of in ipairs {
    words.train, words.by_name[train.optimizer.kind].options, words.by_name[train.schedule.kind].options, words.augment,
  } do
    for _, option in ipairs(of) do
      if is_number[option.type] and not is_fixed(train, option) then list[#list + 1] = number(record, option) end
    end
  end
  return list
end

local spec_alone = { rising = true, range = true }

-- Names of the other numbers that a train table may have.
local function others(numbers)
  local seen, list = {}, {}
  for _, entry in ipairs(numbers) do seen[entry.name] = true end
  local function add(entries)
    for _, option in ipairs(entries) do
      if (is_number[option.type] or spec_alone[option.type]) and not seen[option.name] then
        seen[option.name] = true
        list[#list + 1] = option.name
      end
      for _, word in ipairs(option.by or {}) do add(words.by_name[word].options) end
      if option.options then add(option.options) end
    end
  end
  add(words.train)
  return list
end

return function(graph)
  graph.numbers = offered(graph.record)
  graph.compiled_in = others(graph.numbers)
end

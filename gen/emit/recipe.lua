-- The recipe and the data set as rows of C, and the numbers that the trainer's command line may change.
local optimizers = require "optimizers"
local parameter_groups = require "parameter_groups"
local recipe_json = require "emit.recipe_json"
local schedules = require "schedules"
local text = require "emit.text"
local words = require "words"

local recipe = {}

local members = {  -- of struct model_recipe, where they are not called as the spec's word
  warmup = "warmup_epochs", crop_padding = "augment.crop_padding", flip = "augment.flip",
  cutout = "augment.cutout", random_erasing = "augment.random_erasing", mixup = "augment.mixup", cutmix = "augment.cutmix",
}
for _, word in ipairs(words.schedules) do
  for _, option in ipairs(words.by_name[word].options) do
    members[option.name] = members[option.name] or "parts[0]." .. option.name
  end
end

-- The option of the trainer that is called as the word.
local function option_of(name) return (name:gsub("_", "-")) end

local function numbers(graph)
  local rows = {}
  for i, number in ipairs(graph.numbers) do
    rows[i] = {
      option = option_of(number.name), about = text.quote(number.about), unit = text.quote(number.unit),
      takes = number.takes, member = members[number.name] or number.name, is_int = number.type == "integer" and 1 or 0,
      low = text.number(number.low), high = text.number(number.high),
      word = number.type == "flip" and '"alternating", ' .. graph.prefix:upper() .. "_FLIP_ALTERNATING" or "NULL, 0",
    }
  end
  return rows
end

local function flag(value) return value and 1 or 0 end

-- Rows {name, value}, of a list of names and values in turn.
local function rows(list)
  local out = {}
  for i = 1, #list, 2 do
    local value = list[i + 1]
    out[#out + 1] = { name = list[i], value = math.type(value) == "float" and text.number(value) or tostring(value) }
  end
  return out
end

local function number(value) return (value or 0) + 0.0 end

-- Members of struct PREFIX_recipe.
local function members_of(train, freezes, constant)
  local o, schedule = train.optimizer, train.schedule
  return rows {
    "epochs", train.epochs, "optimizer", constant(o.kind),
    "has_beta1", flag(optimizers[o.kind].momentum == "beta1"), "lr", number(o.lr), "momentum", number(o.momentum),
    "beta1", number(o.beta1), "beta2", number(o.beta2), "alpha", number(o.alpha), "eps", number(o.eps),
    "weight_decay", number(o.weight_decay), "dampening", number(o.dampening), "nesterov", flag(o.nesterov),
    "decay_weights_only", flag(o.decay == "weights"), "groups", text.quote(parameter_groups.describe(train)),
    "lookahead", text.quote(schedules.lookahead(train.lookahead)), "clip_norm", number(train.clip_norm),
    "ema_decay", number(train.ema_decay), "freeze_after", #freezes > 0 and "freezes" or "NULL", "freezes", #freezes,
    "drop_last", flag(train.drop_last),
    "patience", train.patience, "warmup_epochs", number(schedule.warmup), "schedule", text.quote(schedules.describe(schedule)),
  }
end

-- Members of struct PREFIX_part, those that its schedule has; milestones are those of `array`.
local function part_of(part, constant, array)
  local list = { "schedule", constant(part.kind), "per_step", flag(part.per == "step"), "begins", part.begins }
  local function add(name, value) list[#list + 1], list[#list + 2] = name, value end
  for _, option in ipairs(words.by_name[part.kind].options) do
    local value = part[option.name]
    if option.type == "rising" then
      add("milestones", array)
      add("milestone_count", #value)
    elseif option.type == "flag" then
      add(option.name, flag(value))
    elseif option.type ~= "choice" and option.name ~= "warmup" then
      add(option.name, value)
    end
  end
  return rows(list)
end

local function parts_of(schedule, constant)
  local parts = {}
  for i, part in ipairs(schedule.parts) do
    local array = "milestones_" .. i
    parts[i] = { members = part_of(part, constant, array), array = array, milestones = text.list(part.milestones, text.number) }
  end
  return parts
end

local function in_braces(list) return "{" .. table.concat(list, ", ") .. "}" end

local function range_of(range) return in_braces { text.number(range[1]), text.number(range[2]) } end

local no_jitter = { brightness = 0.0, contrast = 0.0, saturation = 0.0, hue = 0.0 }

local function augment_of(augment, constant)
  local jitter = augment.color_jitter or no_jitter
  return rows {
    "crop_padding", math.tointeger(augment.crop_padding), "border", constant("border_" .. augment.border),
    "flip", augment.flip == "alternating" and constant "flip_alternating" or number(augment.flip),
    "trivial_augment", flag(augment.trivial_augment), "brightness", jitter.brightness, "contrast", jitter.contrast,
    "saturation", jitter.saturation, "hue", jitter.hue,
    "cutout", math.tointeger(augment.cutout), "random_erasing", number(augment.random_erasing),
    "erasing_scale", range_of(augment.erasing_scale), "erasing_ratio", range_of(augment.erasing_ratio),
    "fill", in_braces(augment.fill), "mixup", number(augment.mixup), "cutmix", number(augment.cutmix),
  }
end

local function data_of(data)
  local names = data.class_names
  return rows {
    "name", text.quote(data.name), "variable", text.quote(data.variable), "folder", text.quote(data.folder),
    "label_bytes", data.label_bytes, "label", data.label - 1, "label_size", data.label_size, "records", data.records,
    "train_files", #data.train, "test_files", #data.test, "train", "data_train", "test", "data_test",
    "names_file", type(names) == "string" and text.quote(names) or "NULL", "names", type(names) == "table" and "data_names" or "NULL",
  }
end

-- Of the loss, { label_smoothing, class_weights }.
local function loss_of(record)
  for _, node in ipairs(record.nodes) do
    if node.op == "cross_entropy" then return node.attributes end
  end
  return {}
end

local function doubles(list) return in_braces { text.list(list, text.number) } end

-- Members of struct PREFIX_recipe that the loss and the input have.
local function loss_and_input(record, loss)
  return rows {
    "label_smoothing", number(loss.label_smoothing), "class_weights", loss.class_weights and "class_weights" or "NULL",
    "mean", doubles(record.mean), "std", doubles(record.std),
  }
end

local function place_of(graph, name)
  for i, entry in ipairs(graph.parameters) do
    if entry.name == name then return i - 1 end
  end
end

-- Members of struct PREFIX_whitening.
local function whitening_of(graph)
  local node = graph.record.whitened
  if not node then return rows { "images", 0 } end
  local a = node.attributes
  return rows {
    "tensor", place_of(graph, node.name .. ".weight"), "images", a.init.images, "eps", a.init.eps,
    "dilation", in_braces(a.dilation),
  }
end

local function quoted(list)
  local out = {}
  for i, line in ipairs(list) do out[i] = text.quote(line) end
  return out
end

-- Stages of freezing: { epochs, names } as C.
local function freezes_of(graph)
  local list = {}
  for i, stage in ipairs(graph.freezes or {}) do -- none where nothing is trained
    list[i] = { epochs = text.number(stage.epochs), names = text.quote(text.join(stage.entries, "name")) }
  end
  return list
end

function recipe.values(graph)
  local data, train, compiled_in = graph.record.data, graph.record.train, {}
  local freezes, loss = freezes_of(graph), loss_of(graph.record)
  local function constant(name) return graph.prefix:upper() .. "_" .. name:upper() end
  local kinds = {}
  for i, name in ipairs(words.schedules) do kinds[i] = constant(name) .. (i < #words.schedules and "," or "") end
  for i, name in ipairs(graph.compiled_in) do compiled_in[i] = option_of(name) end
  return {
    recipe = members_of(train, freezes, constant), freezes = freezes, parts = parts_of(train.schedule, constant),
    augment = augment_of(train.augment, constant), data = data_of(data),
    loss_and_input = loss_and_input(graph.record, loss), class_weights = text.list(loss.class_weights or {}, text.number),
    whitening = whitening_of(graph), has_whitening = flag(graph.record.whitened), fixed = recipe_json.strings(graph),
    trivial_augment = flag(train.augment.trivial_augment), color_jitter = flag(train.augment.color_jitter),
    data_train = quoted(data.train), data_test = quoted(data.test),
    data_names = quoted(type(data.class_names) == "table" and data.class_names or {}), numbers = numbers(graph),
    compiled_in = compiled_in, schedules = kinds,
  }
end

return recipe

-- What of a recipe no option of the trainer changes, as JSON for the file of results: the optimiser's other options, groups of
-- parameters, lookahead, and the parts of the schedule. Numbers that an option changes the trainer writes itself.
local parameter_groups = require "parameter_groups"
local text = require "emit.text"
local words = require "words"

local recipe_json = {}

local widest = 90 -- columns of a string of C

local null = {}

-- Texts are names of parameters, patterns of them and words: nothing in them needs an escape.
local function quote(value)
  assert(not value:find '[%c"\\]', value)
  return '"' .. value .. '"'
end

-- An object whose members stay in the order in which they are added.
local function object(...)
  local made, given = { keys = {} }, { ... }
  for i = 1, #given, 2 do
    made.keys[#made.keys + 1], made[#made + 1] = given[i], given[i + 1]
  end
  return made
end

local function add(to, key, value) to.keys[#to.keys + 1], to[#to + 1] = key, value end

-- The text of a value: an object, a list or a scalar.
local function encode(value)
  if value == null then return "null" end
  if type(value) == "string" then return quote(value) end
  if type(value) ~= "table" then return type(value) == "number" and text.number(value) or tostring(value) end
  local list = {}
  for i, inner in ipairs(value) do list[i] = (value.keys and quote(value.keys[i]) .. ": " or "") .. encode(inner) end
  return (value.keys and "{" or "[") .. table.concat(list, ", ") .. (value.keys and "}" or "]")
end

-- Appends a line as strings of C, several where it is long: they may not be of any length.
local function add_line(strings, line)
  local from, width = 1, 0
  for at = 1, #line do
    local columns = line:find('^["?\\]', at) and 2 or 1
    if width + columns > widest then
      strings[#strings + 1] = text.literal(line:sub(from, at - 1))
      from, width = at, 0
    end
    width = width + columns
  end
  strings[#strings + 1] = text.literal(line:sub(from)):gsub('"$', '\\n"')
end

-- Adds the options of the word, but for those with these names. What is a word itself is no value here.
local function add_options(to, word, content, without)
  for _, option in ipairs(words.by_name[word].options) do
    if option.type ~= "made" and not without[option.name] then add(to, option.name, content[option.name]) end
  end
end

local function part_of(part, offered)
  local made = object("schedule", part.kind, "begins", part.begins)
  add_options(made, part.kind, part, setmetatable({ warmup = true }, { __index = offered }))
  return made
end

-- The learning rate of an optimiser of its own is a part of the train table's, which an option changes.
local function group_of(group, train)
  local made = object("parameters", group.patterns, "lr_factor", parameter_groups.lr_factor(group, train))
  if group.optimizer then
    add(made, "optimizer", group.optimizer.kind)
    add_options(made, group.optimizer.kind, group.optimizer, { lr = true })
  else
    add(made, "weight_decay_factor", group.weight_decay_factor)
    add(made, "momentum_factor", group.momentum_factor)
  end
  return made
end

local function lookahead_of(lookahead)
  if not lookahead then return null end
  local made = object()
  add_options(made, "lookahead", lookahead, {})
  return made
end

-- Strings of C that make the members of an object, each with a comma and a line's end after it.
function recipe_json.strings(graph)
  local train, offered = graph.record.train, {}
  for _, number in ipairs(graph.numbers) do offered[number.name] = true end
  local members, parts, groups, strings = object(), {}, {}, {}
  add_options(members, train.optimizer.kind, train.optimizer, offered)
  for _, name in ipairs { "clip_norm", "ema_decay" } do
    if not offered[name] then add(members, name, null) end
  end
  for i, part in ipairs(train.schedule.parts) do parts[i] = part_of(part, #train.schedule.parts == 1 and offered or {}) end
  for i, group in ipairs(train.groups) do groups[i] = group_of(group, train) end
  add(members, "schedule_parts", parts)
  add(members, "groups", groups)
  add(members, "lookahead", lookahead_of(train.lookahead))
  for i, value in ipairs(members) do
    add_line(strings, string.format("    %s: %s,", quote(members.keys[i]), encode(value)))
  end
  return strings
end

return recipe_json

-- Checks the options that a spec gives to a word against words.lua. While a spec runs, strings have
-- no methods (sandbox.lua), hence string.format(...) and the like.
local nearest = require "nearest"
local sandbox = require "sandbox"
local window = require "window"
local words = require "words"

local options = {}
local fail, show = sandbox.fail, sandbox.show

-- "from 1 to 256", "above 0", "at least 0 and below 1", or nothing.
local function limits_text(option)
  local parts = {}
  if option.min and option.max then
    parts[1] = string.format("from %s to %s", show(option.min), show(option.max))
  else
    if option.min then parts[#parts + 1] = "at least " .. show(option.min) end
    if option.above then parts[#parts + 1] = "above " .. show(option.above) end
    if option.max then parts[#parts + 1] = "at most " .. show(option.max) end
    if option.below then parts[#parts + 1] = "below " .. show(option.below) end
  end
  return table.concat(parts, " and ")
end

local function with_limits(noun, option)
  local text = limits_text(option)
  return text == "" and noun or noun .. " " .. text
end

local function within(option, value)
  return value == value and value ~= math.huge and value ~= -math.huge
    and not (option.min and value < option.min) and not (option.max and value > option.max)
    and not (option.above and value <= option.above) and not (option.below and value >= option.below)
end

-- "a, b or c", each with `before` and `after` around it.
local function alternatives(list, before, after)
  local text = ""
  for i, item in ipairs(list) do
    local separator = i == 1 and "" or i == #list and " or " or ", "
    text = text .. separator .. before .. item .. after
  end
  return text
end

-- What each type takes, in words, for the reference and for messages.
local nouns = {
  integer = function(option) return with_limits("an integer", option) end,
  number = function(option) return with_limits("a number", option) end,
  flag = function() return "true or false" end,
  choice = function(option) return alternatives(option.choices, '"', '"') end,
  pair = function(option) return with_limits("an integer", option) .. ", or two: {height, width}" end,
  padding = function(option)
    return with_limits("an integer", option) .. ', two: {height, width}, {top =, bottom =, left =, right =} or "same"'
  end,
  channels = function(option) return with_limits("a list with a number", option) .. " for each channel" end,
  names = function(option) return "a list of names of " .. option.of end,
  identifier = function() return "a name of letters, digits and _ that begins with a letter" end,
  flip = function(option) return with_limits('true, false, "alternating" or a number', option) end,
  ["function"] = function() return "a function" end,
  set_name = function() return "a name of up to 40 letters, digits, spaces, - and _ that begins with a letter" end,
  files = function() return "a list of 1 to 256 names of files in the data folder (letters, digits, . _ -)" end,
  class_names = function()
    return "the name of a file in the data folder, a name a line, or a list of names of 1 to 255 bytes of UTF-8"
  end,
  options = function() return "a table of options" end,
  made = function(option) return "made by " .. alternatives(option.by, "net.", "") end,
  range = function(option) return with_limits("a list of two numbers", option) .. ", the second not below the first" end,
  rising = function(option)
    return "a list of rising " .. option.of .. "s " .. (option.min and "from " .. show(option.min) or "above " .. show(option.above))
      .. " to " .. show(option.max)
  end,
  class_weights = function(option) return with_limits("a list with a number", option) .. " for each class" end,
  epochs_by_name = function(option) return 'a table { ["name"] = epochs }, ' .. with_limits("each a number", option) end,
  init = function(option)
    return alternatives(option.choices, '"', '"') .. ", or made by " .. alternatives(option.by, "net.", "")
  end,
  parts = function(option) return "a list of values made by " .. alternatives(option.by, "net.", "") end,
}

function options.noun(option) return nouns[option.type](option) end

-- The same for a number on a command line.
function options.number_noun(option)
  local nouns_there = { integer = "an integer", flip = "alternating, or a number" }
  return with_limits(nouns_there[option.type] or "a number", option)
end

local function integer(option, value)
  value = type(value) == "number" and math.tointeger(value)
  if value and within(option, value) then return value end
end

local function number(option, value)
  if type(value) == "number" and within(option, value) then return value + 0.0 end
end

local function text(_, value)
  if type(value) == "string" then return value end
end

-- A list of exactly `count` items (any count if nil), each read by `read`; nil if it is not that.
local function list_of(read, option, value, count)
  if type(value) ~= "table" then return nil end
  local keys, list = sandbox.sorted_keys(option.name, value), {}
  if count and #keys ~= count then return nil end
  for i, key in ipairs(keys) do
    local item = rawget(value, i)
    if key ~= i or item == nil then return nil end
    list[i] = read(option, item)
    if list[i] == nil then return nil end
  end
  return list
end

local function file_name(_, value)
  if type(value) == "string" and #value <= 100 and string.find(value, "^[%w_][%w_.-]*$") then return value end
end

-- Characters that break or turn a line: controls, separators, changes of the writing direction.
local function breaks_lines(point)
  return point < 0x20 or point >= 0x7f and point <= 0x9f or point >= 0x2028 and point <= 0x202e
    or point >= 0x2066 and point <= 0x2069
end

local function class_name(_, value)
  if type(value) ~= "string" or #value < 1 or #value > 255 or not utf8.len(value) then return nil end
  for _, point in utf8.codes(value) do
    if breaks_lines(point) then return nil end
  end
  return value
end

-- { name, epochs } in the order of names.
local function epochs_by_name(option, value)
  if type(value) ~= "table" then return nil end
  local list = {}
  for i, name in ipairs(sandbox.sorted_keys(option.name, value)) do
    local epochs = number(option, rawget(value, name))
    if type(name) ~= "string" or not epochs then return nil end
    list[i] = { name = name, epochs = epochs }
  end
  return list
end

local function choice(option, value)
  for _, allowed in ipairs(option.choices) do
    if value == allowed then return value end
  end
end

local function list_up_to(limit, read, option, value)
  local list = list_of(read, option, value)
  if list and #list >= 1 and #list <= limit then return list end
end

local sides = { "top", "left", "bottom", "right" }

-- A table by side as {top, left, bottom, right}; a side that it leaves out has none.
local function padding_by_side(option, value)
  local count, list = 0, {}
  for i, side in ipairs(sides) do
    local given = rawget(value, side)
    if given ~= nil then count = count + 1 end
    list[i] = integer(option, given == nil and 0 or given)
    if not list[i] then return nil end
  end
  if count > 0 and #sandbox.sorted_keys(option.name, value) == count then return window.shortest(list) end
end

local function range(option, value)
  local list = list_of(number, option, value, 2)
  if list and list[1] <= list[2] then return list end
end

-- Each number above the one before.
local function rising(option, value)
  local list = list_up_to(1000, option.of == "integer" and integer or number, option, value)
  for i = 2, list and #list or 0 do
    if list[i] <= list[i - 1] then return nil end
  end
  return list
end

-- Each reader returns the checked value, or nil if it will not do.
local readers = {
  integer = integer,
  number = number,
  flag = function(_, value) if type(value) == "boolean" then return value end end,
  choice = choice,
  init = choice,
  epochs_by_name = epochs_by_name,
  pair = function(option, value)
    local one = integer(option, value)
    if one then return { one, one } end
    return list_of(integer, option, value, 2)
  end,
  padding = function(option, value)
    local one = integer(option, value)
    if one then return { one, one } end
    if value == "same" then return value end
    return list_of(integer, option, value, 2) or type(value) == "table" and padding_by_side(option, value) or nil
  end,
  channels = function(option, value) return list_of(number, option, value) end,
  names = function(option, value) return list_of(text, option, value) end,
  identifier = function(_, value)
    if type(value) == "string" and #value <= 63 and string.find(value, "^%a[%w_]*$") then return value end
  end,
  flip = function(option, value)
    if value == "alternating" then return value end
    if type(value) == "boolean" then return value and 0.5 or 0.0 end
    return number(option, value)
  end,
  ["function"] = function(_, value) if type(value) == "function" then return value end end,
  set_name = function(_, value)
    if type(value) == "string" and #value <= 40 and string.find(value, "^%a[%w _-]*$") then return value end
  end,
  range = range,
  rising = rising,
  class_weights = function(option, value) return list_up_to(65536, number, option, value) end,
  files = function(option, value) return list_up_to(256, file_name, option, value) end,
  class_names = function(option, value) return file_name(option, value) or list_up_to(65536, class_name, option, value) end,
}

local function refuse_unknown(where, list, given)
  local names, known = {}, {}
  for i, option in ipairs(list) do names[i], known[option.name] = option.name, true end
  for _, key in ipairs(sandbox.sorted_keys(where, given)) do
    if type(key) == "number" then
      fail("%s: options are written name = value; item %s has no name", where, show(key))
    elseif not known[key] then
      local hint = #names == 0 and "; there are none"
        or nearest.hint(key, names, "options are", words.options_elsewhere)
      fail("%s: unknown option %s%s", where, show(key), hint)
    end
  end
end

local function complain(where, option, value, kind)
  if value == nil then fail("%s: %s is missing; it is %s", where, option.name, options.noun(option)) end
  local hint = ""
  if option.choices and type(value) == "string" then
    local near = nearest.find(value, option.choices)
    hint = near and string.format("; did you mean %s?", near) or ""
  end
  fail("%s: %s must be %s, not %s%s", where, option.name, options.noun(option),
    kind == "value" and "a value of the model" or kind and "what net." .. kind .. " makes" or show(value), hint)
end

-- The content of what one of the words that the option names made, else nil; and what made it instead.
local function content_of(option, value, made)
  local kind, content = made(value)
  for _, by in ipairs(option.by) do
    if kind == by then return content end
  end
  return nil, kind
end

-- The same of each in a list.
local function contents_of(where, option, value, made)
  if type(value) ~= "table" or made(value) then complain(where, option, value, (made(value))) end
  local list = {}
  for i, key in ipairs(sandbox.sorted_keys(option.name, value)) do
    if key ~= i then complain(where, option, value) end
    local content, kind = content_of(option, value[key], made)
    local item = { name = "item " .. i, type = "made", by = option.by }
    if not content then complain(where .. " " .. option.name, item, value[key], kind) end
    list[i] = content
  end
  return list
end

-- The options `given` to `where` (a word and its name, for messages), checked against `list` of
-- words.lua, defaults filled in. `made(value)` returns the kind and the content of what a word made.
function options.check(where, list, given, made)
  if given == nil then given = {} end
  if type(given) ~= "table" or made(given) then
    fail("%s: options must be a table, like { name = value }, not %s", where,
      made(given) and "a value of the model" or show(given))
  end
  refuse_unknown(where, list, given)
  local result = {}
  for _, option in ipairs(list) do
    local value = rawget(given, option.name)
    if value == nil and not option.required then value = option.default end
    if option.type == "options" and (value ~= nil or not option.required and not option.whole) then
      result[option.name] = options.check(where .. " " .. option.name, option.options, value, made)
    elseif option.type == "made" or option.type == "init" and made(value) then
      local content, kind = content_of(option, value, made)
      if not content and (value ~= nil or option.required) then complain(where, option, value, kind) end
      result[option.name] = content
    elseif option.type == "parts" then
      result[option.name] = contents_of(where, option, value, made)
    elseif value ~= nil or option.required then
      local read = readers[option.type]
      local checked
      if value ~= nil and read then checked = read(option, value) end
      if checked == nil then complain(where, option, value, (made(value))) end
      result[option.name] = checked
    elseif option.default_from then
      result[option.name] = { table.unpack(result[option.default_from]) }
    end
  end
  return result
end

-- What another front end than the text of a spec gives where a word makes a thing: its options with the word as `kind`.
function options.plain(value)
  if type(value) == "table" and value.kind then return value.kind, value end
end

-- What the word of that kind "setting" makes of `given`: its options, and with them `kind` and `line`.
function options.make(kind, given, line, made)
  local word = words.by_name[kind]
  local content = options.check(kind, word.options, given, made or options.plain)
  local fault = word.refuse and word.refuse(content)
  if fault then fail("%s: %s", kind, fault) end
  content.kind, content.line = kind, line
  return content
end

return options

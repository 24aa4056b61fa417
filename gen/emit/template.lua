-- Templates: C with holes in it.
--
--   @(EXPRESSION)       is replaced by the value; nil, false, a table or a function is an error
--   //: STATEMENT       a whole line of Lua: if, elseif, else, for or end; leaves no line behind
--   //- TEXT            a remark about the template itself, leaves no line behind
--
-- What a template sees is plain: text, numbers, booleans, lists and records of such, and the few
-- functions that all templates have (functions.lua). To read a value or a field that nobody declared is an
-- error. A template decides what stands where, by //: if, and nothing else: a hole with `and`, `or` or `not` in it is an
-- error, and there are no locals. Every error reads `templates/FILE:LINE: what is wrong` and is followed by the line
-- itself.
local template = {}

local function quote(text)
  return string.format("%q", text):gsub("\\\n", "\\n")
end

-- The mark that ends the string that starts at `at`, or the end of the line.
local function string_end(line, at)
  local mark = line:sub(at, at)
  repeat
    at = at + 1
    local c = line:sub(at, at)
    if c == "\\" then at = at + 1 end
  until c == mark or at > #line
  return at
end

-- Where the hole that opens at `open` (its parenthesis) closes; parentheses in strings don't count.
local function closing(line, open)
  local depth, at = 0, open
  while at do
    local c = line:sub(at, at)
    if c == "(" then
      depth = depth + 1
    elseif c == ")" then
      depth = depth - 1
      if depth == 0 then return at end
    else
      at = string_end(line, at)
    end
    at = line:find("[()\"']", at + 1)
  end
end

local words_of_logic = { ["and"] = true, ["or"] = true, ["not"] = true, ["function"] = true }

-- The first word in the hole, outside strings, that decides something.
local function decision(hole)
  local from, to = hole:find("[%a_\"'][%w_]*")
  while from do
    local word = hole:sub(from, to)
    if words_of_logic[word] then return word end
    if word:find("^[\"']") then to = string_end(hole, from) end
    from, to = hole:find("[%a_\"'][%w_]*", to + 1)
  end
end

-- One line of text as Lua statements that emit it. Holes may nest parentheses.
local function compile_text(line, number, out)
  local at = 1
  while true do
    local open = line:find("@(", at, true)
    if not open then break end
    local close = closing(line, open + 1)
    if not close then return "a hole @( without its )" end
    local word = decision(line:sub(open + 2, close - 1))
    if word then return string.format("a hole with %q in it: what fills it is decided where its values are made", word) end
    out[#out + 1] = string.format("_text(%s) _hole(%s, %d) ", quote(line:sub(at, open - 1)),
      line:sub(open + 1, close), number)
    at = close + 1
  end
  out[#out + 1] = string.format("_text(%s)", quote(line:sub(at) .. "\n"))
end

local statements = { ["if"] = true, ["elseif"] = true, ["else"] = true, ["for"] = true, ["end"] = true }

-- The template as Lua source with one line for each of its lines, so that Lua's own line numbers are right. What it sees
-- and what takes its text it gets when it runs, so that it is compiled once, however many values it is filled with.
local function translate(source, name)
  local lines = {}
  local number = 0
  for line in (source:gsub("\n?$", "\n")):gmatch("(.-)\n") do
    number = number + 1
    local statement = line:match("^%s*//:%s?(.*)$")
    if statement then
      if not statements[statement:match("^%s*(%a*)")] then
        error(string.format("%s:%d: only if, elseif, else, for and end are statements here\n  %s", name, number, line), 0)
      end
      lines[number] = statement
    elseif line:match("^%s*//%-") then
      lines[number] = ""
    else
      local out = {}
      local fault = compile_text(line, number, out)
      if fault then
        error(string.format("%s:%d: %s\n  %s", name, number, fault, line), 0)
      end
      lines[number] = table.concat(out)
    end
  end
  return "local _ENV, _text, _hole = ... " .. table.concat(lines, "\n")
end

local function line_of(source, wanted)
  local number = 0
  for line in (source .. "\n"):gmatch("(.-)\n") do
    number = number + 1
    if number == wanted then return line end
  end
  return ""
end

-- Plain values, called `path`, as a template sees them: to read a field that is not there is an error. Lists may be long,
-- so nothing is copied.
local function strict(value, path)
  local kind = type(value)
  if kind == "string" or kind == "number" or kind == "boolean" then return value end
  if kind ~= "table" then error(string.format("internal error: %s is a %s, which templates don't take", path, kind), 0) end
  return setmetatable({}, {
    __len = function() return #value end,
    __index = function(_, key)
      local field, is_place = value[key], math.type(key) == "integer"
      if field ~= nil then return strict(field, is_place and path or path .. "." .. key) end
      if not is_place then error(string.format("no value for %s.%s", path, key), 2) end
    end,
  })
end

-- `message` of Lua with the template's line in front, if it has none yet, and the line itself below.
local function with_line(message, source, name, number)
  local place = name .. ":"
  if message:sub(1, #place) ~= place then
    message = string.format("%s:%d: %s", name, number, message)
  end
  return message .. "\n  " .. line_of(source, number)
end

-- The line of the template that runs now, wherever in the code it calls the fault is.
local function running_line(name)
  local level = 2
  while true do
    local info = debug.getinfo(level, "Sl")
    if not info then return 1 end
    if info.source == "=" .. name then return info.currentline end
    level = level + 1
  end
end

local chunks = {} -- by name: the source and what it is compiled to

local function compile(source, name)
  local known = chunks[name]
  if known and known.source == source then return known.chunk end
  local chunk, fault = load(translate(source, name), "=" .. name, "t")
  if not chunk then
    local number = tonumber(fault:sub(#name + 1):match("^:(%d+):")) or 1
    error(with_line(fault, source, name, number), 0)
  end
  chunks[name] = { source = source, chunk = chunk }
  return chunk
end

-- Renders `source` (the text of the file called `name`) with plain `values` and with `functions`.
function template.render(source, name, values, functions)
  local chunk, out, seen = compile(source, name), {}, {}
  local function put_text(text) out[#out + 1] = text end
  local function put_hole(value, number)
    local kind = math.type(value) or type(value)
    if kind ~= "string" and kind ~= "integer" and kind ~= "float" then
      error(string.format("%s:%d: a hole is filled with %s", name, number, kind == "nil" and "nothing" or kind), 0)
    end
    out[#out + 1] = kind == "float" and string.format("%.9g", value) or tostring(value)
  end
  local environment = setmetatable({}, {
    __index = function(_, key)
      if seen[key] == nil and values[key] ~= nil then seen[key] = strict(values[key], key) end
      if seen[key] ~= nil then return seen[key] end
      if functions and functions[key] then return functions[key] end
      if key == "ipairs" then return ipairs end
      error(string.format("no value for %s", key), 2)
    end,
  })
  local ok, message = xpcall(chunk, function(problem)
    return with_line(tostring(problem), source, name, running_line(name))
  end, environment, put_text, put_hole)
  if not ok then error(message, 0) end
  return table.concat(out)
end

return template

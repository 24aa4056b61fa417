-- Is this true of a JSON file?   lua5.4 tests/trainer/json.lua FILE 'run.recipe.lr == 0.001'
local file = assert(io.open(arg[1], "rb"))
local text, at = file:read("a"), 1
file:close()

local function fail(what) error(("%s: byte %d: %s"):format(arg[1], at, what), 0) end

local function take(pattern)
  local from, to, found = text:find("^%s*(" .. pattern .. ")", at)
  if not from then return nil end
  at = to + 1
  return found
end

local function need(pattern) return take(pattern) or fail("not " .. pattern) end

local escapes = { ['"'] = '"', ["\\"] = "\\" }

local function string_value()
  local quoted = need('"[^"\\]*"?')
  while quoted:sub(-1) ~= '"' or #quoted == 1 do
    local escape = text:sub(at + 1, at + 1)
    if text:sub(at, at) ~= "\\" then fail("an open string") end
    at = at + (escape == "u" and 6 or 2)
    quoted = quoted .. (escape == "u" and utf8.char(tonumber(text:sub(at - 4, at - 1), 16)) or escapes[escape] or fail("an escape"))
    local from, to = text:find('^[^"\\]*"?', at)
    local more = text:sub(from, to)
    at = to + 1
    if more:sub(-1) == '"' then return quoted:sub(2) .. more:sub(1, -2) end
    quoted = quoted .. more
  end
  if not utf8.len(quoted) then fail("not UTF-8") end
  return quoted:sub(2, -2)
end

local value

local function members(stop, read)
  local result = {}
  if take(stop) then return result end
  repeat read(result) until not take(",")
  need(stop)
  return result
end

function value()
  if take("{") then
    return members("}", function(result)
      local key = string_value()
      if result[key] ~= nil then fail(key .. " twice") end
      need(":")
      result[key] = value()
    end)
  elseif take("%[") then
    return members("%]", function(result) result[#result + 1] = value() end)
  elseif text:find('^%s*"', at) then
    return string_value()
  elseif take("null") then
    return nil
  elseif take("true") then
    return true
  elseif take("false") then
    return false
  end
  local number = need("-?%d+%.?%d*[eE]?[-+]?%d*")
  return math.tointeger(tonumber(number)) or tonumber(number)
end

local run = value()
if not text:find("^%s*$", at) then fail("more after the value") end
if not assert(load("local run = ...; return " .. arg[2]))(run) then
  io.stderr:write(arg[1], ": not so: ", arg[2], "\n")
  os.exit(1)
end

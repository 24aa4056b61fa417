-- The JSON of a safetensors header: an object of objects of strings and lists of whole numbers.
-- Anything deeper or other is refused, so depth is bounded by construction.
local fail = require "convert.fail"

local json = {}

local escapes = { b = "\b", f = "\f", n = "\n", r = "\r", t = "\t", ['"'] = '"', ["\\"] = "\\", ["/"] = "/" }

local function skip(state)
  state.at = state.text:find("[^ \t\r\n]", state.at) or #state.text + 1
end

local function wrong(state)
  fail.damaged("the header is not the JSON of a safetensors file, at byte %d", state.at)
end

local function accept(state, character)
  skip(state)
  if state.text:sub(state.at, state.at) ~= character then return false end
  state.at = state.at + 1
  return true
end

local function expect(state, character)
  if not accept(state, character) then wrong(state) end
end

local function hex4(state, at)
  local digits = state.text:match("^%x%x%x%x", at)
  if not digits then wrong(state) end
  return tonumber(digits, 16)
end

-- \uXXXX, or a surrogate pair of two. Gives the character and where the text goes on.
local function unicode(state, at)
  local code = hex4(state, at)
  if code >= 0xdc00 and code < 0xe000 then wrong(state) end
  if code < 0xd800 or code >= 0xe000 then return utf8.char(code), at + 4 end
  if state.text:sub(at + 4, at + 5) ~= "\\u" then wrong(state) end
  local low = hex4(state, at + 6)
  if low < 0xdc00 or low >= 0xe000 then wrong(state) end
  return utf8.char(0x10000 + (code - 0xd800 << 10 | low - 0xdc00)), at + 10
end

local function string_of(state)
  expect(state, '"')
  local parts = {}
  while true do
    local stop = state.text:find('["\\\0-\31]', state.at)
    if not stop then wrong(state) end
    parts[#parts + 1] = state.text:sub(state.at, stop - 1)
    local character = state.text:sub(stop, stop)
    state.at = stop + 1
    if character == '"' then break end
    if character ~= "\\" then wrong(state) end
    local escape = state.text:sub(stop + 1, stop + 1)
    if escape == "u" then
      parts[#parts + 1], state.at = unicode(state, stop + 2)
    else
      parts[#parts + 1] = escapes[escape] or wrong(state)
      state.at = stop + 2
    end
  end
  local text = table.concat(parts)
  if not utf8.len(text) then wrong(state) end
  return text
end

local function whole_number(state)
  skip(state)
  local digits = state.text:match("^%d+", state.at)
  if not digits or #digits > 18 or digits:find("^0%d") then wrong(state) end
  state.at = state.at + #digits
  return math.tointeger(tonumber(digits))
end

local function numbers(state)
  local list = {}
  expect(state, "[")
  if accept(state, "]") then return list end
  repeat list[#list + 1] = whole_number(state) until not accept(state, ",")
  expect(state, "]")
  return list
end

local function string_or_numbers(state)
  skip(state)
  if state.text:sub(state.at, state.at) == '"' then return string_of(state) end
  return numbers(state)
end

-- Keys in their order and values by key, each read by value(state).
local function object(state, value)
  local keys, by_key = {}, {}
  expect(state, "{")
  if accept(state, "}") then return by_key, keys end
  repeat
    skip(state)
    local key = string_of(state)
    if by_key[key] ~= nil then fail.damaged("the header has '%s' twice", key) end
    expect(state, ":")
    keys[#keys + 1] = key
    by_key[key] = value(state)
  until not accept(state, ",")
  expect(state, "}")
  return by_key, keys
end

function json.read(text)
  local state = { text = text, at = 1 }
  local by_key, keys = object(state, function(inner) return (object(inner, string_or_numbers)) end)
  skip(state)
  if state.at <= #text then wrong(state) end
  return by_key, keys
end

-- `text` (UTF-8) in quotes.
function json.quote(text)
  return '"' .. text:gsub('["\\\0-\31]', function(character)
    return string.format("\\u%04x", character:byte())
  end) .. '"'
end

return json

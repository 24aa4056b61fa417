-- The JSON of a safetensors header: an object of objects of strings and lists of whole numbers.
-- Anything deeper or other is refused, so depth is bounded by construction.
local fail = require "convert.fail"

local json = {}

local escapes = { b = "\b", f = "\f", n = "\n", r = "\r", t = "\t", ['"'] = '"', ["\\"] = "\\", ["/"] = "/" }

local function wrong(state)
  fail.damaged("the header is not the JSON of a safetensors file, at byte %d", state.at)
end

-- A header has entries for each of a network's tensors: what can be is taken by one pattern.
local blanks = "[ \t\r\n]*"
local blanks_alone = "^" .. blanks .. "()"
local plain_string = "^" .. blanks .. '"([^"\\\0-\31]*)"()'
local number_in_list = "^" .. blanks .. "(%d+)" .. blanks .. "([,%]])()"

local function skip(state)
  state.at = state.text:match(blanks_alone, state.at)
end

local after = {} -- a character of JSON -> the pattern of blanks and it
for character in ('{}[],:"'):gmatch "." do after[character] = "^" .. blanks .. "%" .. character .. "()" end

local function accept(state, character)
  local at = state.text:match(after[character], state.at)
  state.at = at or state.at
  return at ~= nil
end

local function expect(state, character)
  if accept(state, character) then return end
  skip(state)
  wrong(state)
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

-- The text of a string with escapes, behind its first quote.
local function with_escapes(state)
  local parts = {}
  while true do
    local stop = state.text:find('["\\\0-\31]', state.at)
    if not stop then wrong(state) end
    parts[#parts + 1] = state.text:sub(state.at, stop - 1)
    local character = state.text:sub(stop, stop)
    state.at = stop + 1
    if character == '"' then return table.concat(parts) end
    if character ~= "\\" then wrong(state) end
    local escape = state.text:sub(stop + 1, stop + 1)
    if escape == "u" then
      parts[#parts + 1], state.at = unicode(state, stop + 2)
    else
      parts[#parts + 1] = escapes[escape] or wrong(state)
      state.at = stop + 2
    end
  end
end

local function string_of(state)
  local text, at = state.text:match(plain_string, state.at)
  if text then
    state.at = at
  else
    expect(state, '"')
    text = with_escapes(state)
  end
  if not utf8.len(text) then wrong(state) end
  return text
end

local function numbers(state)
  local list = {}
  expect(state, "[")
  if accept(state, "]") then return list end
  repeat
    local digits, separator, at = state.text:match(number_in_list, state.at)
    if not digits or #digits > 18 or digits:find("^0%d") then
      skip(state)
      wrong(state)
    end
    list[#list + 1], state.at = math.tointeger(tonumber(digits)), at
  until separator == "]"
  return list
end

local function string_or_numbers(state)
  return state.text:find(after['"'], state.at) and string_of(state) or numbers(state)
end

-- Keys in their order and values by key, each read by value(state).
local function object(state, value)
  local keys, by_key = {}, {}
  expect(state, "{")
  if accept(state, "}") then return by_key, keys end
  repeat
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

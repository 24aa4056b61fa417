-- The words of a spec as Markdown, one a line, from words.lua; gen/specs/README.md holds it.
local options = require "options"
local words = require "words"

local reference = {}

local function value_text(value)
  if type(value) == "string" then return '"' .. value .. '"' end
  if math.type(value) == "float" then return (string.format("%.14g", value)) end
  return tostring(value)
end

local function default_text(option)
  if option.required then return nil end
  if option.default_note then return "default: " .. option.default_note end
  return "default " .. value_text(option.default)
end

local option_text

local function option_texts(list)
  local texts = {}
  for i, option in ipairs(list) do texts[i] = option_text(option) end
  return table.concat(texts, "; ")
end

-- `kernel` (an integer from 1 to 256, pixels): size of the window
function option_text(option)
  local facts = {}
  if option.type ~= "options" then facts[1] = options.noun(option) end
  facts[#facts + 1] = option.unit
  facts[#facts + 1] = default_text(option)
  local text = string.format("`%s`%s: %s", option.name,
    #facts > 0 and " (" .. table.concat(facts, ", ") .. ")" or "", option.about)
  if option.options then text = text .. ", { " .. option_texts(option.options) .. " }" end
  return text
end

local function call_text(word)
  local arguments = table.concat(word.arguments, ", ")
  if word.unnamed then return string.format("net.%s(%s, %s)", word.word, arguments, word.unnamed) end
  if #word.options == 0 then return string.format("net.%s(%s)", word.word, arguments) end
  if arguments == "" then return string.format("net.%s { ... }", word.word) end
  return string.format("net.%s(%s, { ... })", word.word, arguments)
end

-- The whole list; every line ends with a newline.
function reference.markdown()
  local lines = {}
  for _, word in ipairs(words.list) do
    local like = word.like and string.format(" As `%s`.", word.like) or ""
    lines[#lines + 1] = string.format("- `%s`: %s%s\n", call_text(word), word.about, like)
    for _, option in ipairs(word.options) do
      lines[#lines + 1] = "  - " .. option_text(option) .. "\n"
    end
  end
  return table.concat(lines)
end

return reference

-- What blocks are called, in messages and in the comments of the C.
local sandbox = require "sandbox"

local blocks = {}

-- The name of the variable that a block is given, from the start of the line that makes it: the pattern's time grows
-- with the third power of what it is given.
function blocks.word(source_line)
  return string.match(string.sub(source_line or "", 1, 200), "([%a_][%w_]*)%s*=%s*[%w_.]*block%f[^%w_]") or "block"
end

-- An argument of a block as text that may stand in a C comment.
local function argument_text(value, made)
  local kind, content = made(value)
  if kind == "value" then return content.name end
  if kind then return kind end
  kind = type(value)
  if kind == "number" or kind == "boolean" then return sandbox.show(value) end
  if kind == "string" then return (string.gsub(string.sub(value, 1, 40), "[^%w_. -]", "?")) end
  return kind
end

-- basic(layer1.1, out 128, stride 2): arguments with the names of the parameters of `body`.
function blocks.text(word, body, x, made, ...)
  local parts = { x.name }
  for i = 1, math.min(select("#", ...), 20) do -- more would not fit on its line
    local value = select(i, ...)
    if value ~= nil then
      local parameter = debug.getlocal(body, i + 1)
      local text = argument_text(value, made)
      parts[#parts + 1] = parameter and parameter .. " " .. text or text
    end
  end
  return sandbox.one_line(string.format("%s(%s)", word, table.concat(parts, ", ")))
end

return blocks

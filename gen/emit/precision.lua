-- How wide numbers are: tensors, and where a kernel may choose: sums of many values, constants of the input, statistics. An output says
-- (outputs/init.lua): "double" where nothing is said, or "float" for all.
local layout = require "layout"
local text = require "emit.text"

-- A double that is whole is no int of C: 192.0.
local function double(value)
  local number = text.number(value)
  return number:find("[.e]") and number or number .. ".0"
end

local of = { double = { root = "sqrt", number = double }, float = { root = "sqrtf", number = text.f32 } }

-- Which of a kernel's arguments are bf16, as an argument: (struct narrow){.x = 1, .out = 1}, or .x = 0 where none is.
local function narrow_of(keys)
  local list = {}
  for i, key in ipairs(keys) do list[i] = string.format(".%s = 1", key) end
  return string.format(" (struct narrow){%s},", #list > 0 and table.concat(list, ", ") or ".x = 0")
end

-- How functions read and write tensors that are float for one kernel and bf16 for another, which tells them by a struct
-- `narrow`; where all are float, as they always would.
local typed = {
  stored = layout.c_type "f32", narrow = "", narrow_of = function() return "" end, as_floats = "",
  value_at = function(pointer, index) return string.format("%s[%s]", pointer, index) end,
  put_at = function(pointer, index, _, value) return string.format("%s[%s] = %s", pointer, index, value) end,
  place_at = function(pointer, offset) return pointer .. " + " .. offset end,
  bytes_at = function() return "sizeof(" .. layout.c_type "f32" .. ")" end,
}
local untyped = {
  stored = "void", narrow = "const struct narrow narrow, ", narrow_of = narrow_of, as_floats = "(const " .. layout.c_type "f32" .. " *)",
  value_at = function(pointer, index, key) return string.format("float_at(%s, %s, narrow.%s)", pointer, index, key) end,
  put_at = function(pointer, index, key, value)
    return string.format("put_at(%s, %s, narrow.%s, %s)", pointer, index, key, value)
  end,
  place_at = function(pointer, offset, key) return string.format("place_at(%s, %s, narrow.%s)", pointer, offset, key) end,
  bytes_at = function(key) return string.format("narrow.%s ? sizeof(bf16) : sizeof(%s)", key, layout.c_type "f32") end,
}

-- What templates have of it: `stored`, the type that pointers to such tensors have, and what is done with them:
-- value_at, put_at, place_at, and the bytes_at a place; `wide`, the type; `root`, the C function that takes a square root of such
-- a number; number(value), a constant of that type; numbers(list), a list of them.
return function(graph)
  local wide = graph.output.wide or "double"
  local number = of[wide].number
  local known = {
    wide = wide, root = of[wide].root, number = number,
    numbers = function(list) return text.list(list, number) end,
  }
  for name, value in pairs(graph:stores "bf16" and untyped or typed) do known[name] = value end
  return known
end

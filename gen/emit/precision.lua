-- How wide numbers are where a kernel may choose: sums of many values, constants of the input, statistics. An output says
-- (outputs/init.lua): "double" where nothing is said, or "float" for all.
local text = require "emit.text"

-- A double that is whole is no int of C: 192.0.
local function double(value)
  local number = text.number(value)
  return number:find("[.e]") and number or number .. ".0"
end

local of = { double = { root = "sqrt", number = double }, float = { root = "sqrtf", number = text.f32 } }

-- What templates have of it: `wide`, the type; `root`, the C function that takes a square root of such a number; number(value), a
-- constant of that type; numbers(list), a list of them.
return function(graph)
  local wide = graph.output.wide or "double"
  local number = of[wide].number
  return {
    wide = wide, root = of[wide].root, number = number, numbers = function(list) return text.list(list, number) end,
  }
end

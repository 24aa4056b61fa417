-- How wide numbers are where a kernel may choose: sums of many values, constants of the input, statistics. An output says
-- (outputs/init.lua): "double" where nothing is said, or "float" for all.
local text = require "emit.text"

local precision = {}

local functions = { double = { root = "sqrt", number = text.number }, float = { root = "sqrtf", number = text.f32 } }

function precision.type(graph) return graph.output.wide or "double" end

-- The C function that takes a square root of such a number.
function precision.root(graph) return functions[precision.type(graph)].root end

-- A constant of that type.
function precision.number(graph, value) return functions[precision.type(graph)].number(value + 0.0) end

-- The same of a whole number.
function precision.whole(graph, value) return string.format(precision.type(graph) == "float" and "%d.0f" or "%d.0", value) end

-- A list of constants.
function precision.numbers(graph, list)
  local out = {}
  for i, value in ipairs(list) do out[i] = precision.number(graph, value) end
  return table.concat(out, ", ")
end

return precision

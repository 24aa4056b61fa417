-- What all templates have, beside `include` and what precision.lua says: functions, and the type of values, parameters and
-- gradients.
local layout = require "layout"
local text = require "emit.text"

local functions = {
  real = layout.c_type "f32",
  f32 = text.f32,               -- a float constant: 0.1f
  pointer = layout.pointer_to,  -- pointer(t.x, "[y][x]", "in"): declares a pointer to a place in argument x
  start_of = layout.start_of,   -- start_of(t.x, "position"): elements of x before that position
  sum_rows = 16, sum_block = 32, -- rows and columns of a sum of sums (support.h)
  initialisers = text.initialisers, -- initialisers(list, "y", "x"): {1, 2}, {3, 4} of these fields of each entry
}

function functions.f32s(list) return text.list(list, text.f32) end

-- Of what is cut into pieces of `size`, as units and blocks are, the last of them perhaps smaller: how large the one is that
-- begins at `first`, and where it ends.
function functions.size_of(first, size, total)
  return total % size == 0 and tostring(size) or string.format("at_most(%d - %s, %d)", total, first, size)
end

function functions.end_of(first, size, total)
  if size >= total then return tostring(total) end
  return string.format(total % size == 0 and "%s + %d" or "at_most(%s + %d, %d)", first, size, total)
end

-- scale * value, or the value alone where that is the same.
function functions.scaled(value, scale) return scale == 1 and value or string.format("%s * %s", text.f32(scale), value) end

-- (value * scale + shift), or the value alone where that is the same.
function functions.affine(value, scale, shift)
  if scale == 1 and shift == 0 then return value end
  return string.format("(%s * %s + %s)", value, text.f32(scale), text.f32(shift))
end

-- NAME(value), or NAME(value, constant) of a function that has one.
function functions.apply(name, constant, value)
  return string.format(constant and "%s(%s, %s)" or "%s(%s)", name, value, constant and text.f32(constant))
end

return functions

-- What all templates have, beside `include` and what precision.lua says: functions, and the type of values, parameters and
-- gradients.
local layout = require "layout"
local text = require "emit.text"
local transforms = require "emit.transforms"
local units = require "kernels.units"

local functions = {
  real = layout.c_type "f32",
  f32 = text.f32,               -- a float constant: 0.1f
  pointer = layout.pointer_to,  -- pointer(t.x, "[y][x]", "in"): declares a pointer to a place in argument x
  start_of = layout.start_of,   -- start_of(t.x, "position"): elements of x before that position
  tile_of = transforms.tile,    -- tile_of("f4", "input", "halves", {input = "bf16"}): the function that transforms both sides of a tile
  sum_rows = 16, sum_block = units.sum_block, -- rows and columns of a sum of sums (support.h)
  initialisers = text.initialisers, -- initialisers(list, "y", "x"): {1, 2}, {3, 4} of these fields of each entry
}

-- A value of what a view shows as a float, and how one is set: @(value(t.x, "in[c]")), @(set(t.out, "out[c]", "sum")).
function functions.value(view, place) return view.is_bf16 and string.format("widened(%s)", place) or place end
function functions.set(view, place, value)
  return string.format(view.is_bf16 and "%s = narrowed(%s)" or "%s = %s", place, value)
end

-- NAME[...], channel `c` of image i where they lie side by side.
function functions.of_image(name, channels, c) return string.format("%s[i * %d + %s]", name, channels, c) end

-- C text with elements of arguments in it, KEY[...], of which those of bf16 are read as floats.
function functions.elements(t, code)
  return (code:gsub("([%a_][%w_]*)(%b[])", function(key, at) return functions.value(t[key], key .. at) end))
end

-- functions.set where the view's `assign` says whether it is added to what is there.
function functions.assign(view, place, value)
  if not view.is_bf16 then return string.format("%s %s %s", place, view.assign, value) end
  return functions.set(view, place, view.assign == "+=" and string.format("widened(%s) + (%s)", place, value) or value)
end

-- Zeros in place of what a view shows; and what products read ahead, which they count in floats.
function functions.zeros(view) return view.is_bf16 and "(const bf16 *)outside" or "outside" end
function functions.read_ahead(view, at) return view.is_bf16 and "(const float *)" .. at or at end
function functions.halved(view) return view.is_bf16 and " / 2" or "" end

-- positions(AT, STEP, ROW) of gemm.h, and into_positions(AT, STEP, ROW, BETA), of what a view shows; where that is bf16, `stage` is
-- where a product has it as floats; where products are of bf16 (is_narrow), where it has floats as such.
function functions.positions_of(view, at, step, row, stage, is_narrow)
  local name = view.is_bf16 and "positions_of_bf16" or is_narrow and "staged_positions" or nil
  return name and string.format("%s(%s, %s, %s, %s)", name, at, step, row, stage) or string.format("positions(%s, %s, %s)", at, step, row)
end
function functions.into_positions_of(view, at, step, row, beta, stage)
  return string.format(view.is_bf16 and "into_positions_of_bf16(%s, %s, %s, %s, %s)" or "into_positions(%s, %s, %s, %s)", at, step, row,
    beta, stage)
end

-- A vector of a tile's inputs at that place of it, for a transform that `gathers` it (transforms.lua).
function functions.loaded(gathers, place)
  local vector = string.format("%s(from[%s] + at%s)", gathers.load, place, gathers.step and " + v * LANES" or "")
  local norm = gathers.step and "norm + v" or "norm"
  return gathers.normalises and string.format("normalised(%s, %s, %s)", vector, norm, place) or vector
end

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

-- The images of a position that a unit takes, each of so many values, as a loop over those has them: all, or a slice of them
-- (slice_of_unit.c).
local function times(count, each) return each == 1 and count or string.format("%s * %d", count, each) end
function functions.first_of(slices, each) return slices == 1 and "0" or times("i0", each) end
function functions.end_of_images(slices, each) return times(slices == 1 and "a->n" or "i1", each) end

-- scale * value, or the value alone where that is the same.
function functions.scaled(value, scale) return scale == 1 and value or string.format("%s * %s", text.f32(scale), value) end

-- (value * scale + shift), or the value alone where that is the same.
function functions.affine(value, scale, shift)
  if scale == 1 and shift == 0 then return value end
  return string.format("(%s * %s + %s)", value, text.f32(scale), text.f32(shift))
end

-- The value, or 0 where it is less.
function functions.at_least_zero(value) return string.format("%s < 0 ? 0 : %s", value, value) end

-- NAME(value), or NAME(value, constant) of a function that has one.
function functions.apply(name, constant, value)
  return string.format(constant and "%s(%s, %s)" or "%s(%s)", name, value, constant and text.f32(constant))
end

return functions

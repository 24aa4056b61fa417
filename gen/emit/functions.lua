-- What all templates have, beside `include`: functions, and the type of values, parameters and gradients.
local layout = require "layout"
local text = require "emit.text"

return {
  real = layout.c_type "f32",
  f32 = text.f32,               -- a float constant: 0.1f
  pointer = layout.pointer_to,  -- pointer(t.x, "[y][x]", "in"): declares a pointer to a place in argument x
  start_of = layout.start_of,   -- start_of(t.x, "position"): elements of x before that position
  initialisers = text.initialisers, -- initialisers(list, "y", "x"): {1, 2}, {3, 4} of these fields of each entry
}

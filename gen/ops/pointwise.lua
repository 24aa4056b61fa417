-- Ops that make each value of one alone, by name: relu and others like it. What they compute stands in
-- gen/kernels/functions.lua. One that keeps `out` may lie over x.
local one_input = require "ops.one_input"

return {
  relu = one_input { keeps = "out" }, relu6 = one_input { keeps = "out" }, leaky_relu = one_input { keeps = "out" },
  sigmoid = one_input { keeps = "out" }, silu = one_input { keeps = "x" }, gelu = one_input { keeps = "x" },
  scale = one_input {},
}

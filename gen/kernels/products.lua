-- What kernels must know of a product's second matrix in panels, as templates/gemm.h reads it.
local units = require "kernels.units"

local products = {}

-- Columns of a panel of a matrix of n columns.
function products.width(target, n)
  return target.blas and n or math.min(target.panel, n)
end

function products.count(target, n) return -(-n // products.width(target, n)) end

-- Floats of a matrix of k rows and n columns: [panels][k][width], the last panel filled up.
function products.panels(target, k, n)
  return products.count(target, n) * k * products.width(target, n)
end

-- Adds to v how the transpose of `matrices` matrices, each of k rows and n columns in panels, is made: a unit turns so many rows of a
-- panel, or all (whole).
function products.add_turn(v, target, k, n, matrices, whole)
  local width, step = products.width(target, n), 16
  v.panels = products.count(target, n)
  local slices = whole and 1 or units.slices(target, matrices * v.panels, -(-k // step), k * width)
  v.turn_rows = math.min(k, -(-k // (slices * step)) * step)
  v.turn_units = matrices * v.panels * -(-k // v.turn_rows)
end

-- Floats that each running thread needs for a block of the second matrix, brought together.
function products.packed(target)
  return target.blas and 0 or target.tile.depth * target.panel
end

return products

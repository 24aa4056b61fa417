-- What kernels must know of a product's second matrix in panels, as templates/gemm.h reads it.
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

-- Floats that each running thread needs for a block of the second matrix, brought together.
function products.packed(target)
  return target.blas and 0 or target.tile.depth * target.panel
end

return products

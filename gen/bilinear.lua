-- Bilinear algorithms of small convolutions, as data, and straight-line code of their transforms.
--
-- An algorithm of one dimension computes m outputs of a correlation with a kernel of r taps from m + r - 1 inputs by
-- n products, in place of m * r:
--
--     y = A' ((G w) . (B' x))          A: n x m, B: n x n, G: n x r; "." multiplies element by element
--
-- In two dimensions Y = A' [(G W G') . (B' X B)] A. It is linear in X and in W, so the gradients are the same
-- products transposed, with no other matrices:
--
--     dM = A dY A'       dX = B (dM . U) B'       dW = G' (V . dM) G       where U = G W G', V = B' X B
--
-- A tile of outputs reads `inputs` inputs, and the next tile begins `step` further on. Products that share a row of G
-- share its U: G has `kernels` rows, and the products from there on take the last one.
--
-- Toom's and Cook's construction evaluates polynomials at n - 1 points and at infinity (Winograd, "Arithmetic
-- complexity of computations", 1980; Lavin, Gray, "Fast algorithms for convolutional neural networks", 2016).
-- Matrices are lists of rows of rationals { numerator, denominator }, exact.
local bilinear = {}

local function gcd(a, b)
  while b ~= 0 do a, b = b, a % b end
  return a
end

local function rational(p, q)
  if q < 0 then p, q = -p, -q end
  local divisor = gcd(math.abs(p), q)
  return { p // divisor, q // divisor }
end

local zero, one = { 0, 1 }, { 1, 1 }
local function times(a, b) return rational(a[1] * b[1], a[2] * b[2]) end
local function plus(a, b) return rational(a[1] * b[2] + b[1] * a[2], a[2] * b[2]) end
local function minus(a) return { -a[1], a[2] } end
local function equal(a, b) return a[1] == b[1] and a[2] == b[2] end

-- Coefficients, the constant first, of the product of (x - point) over all points but the one at `without`.
local function product_of(points, without)
  local polynomial = { one }
  for i, point in ipairs(points) do
    if i ~= without then
      local next_one = {}
      for k = 1, #polynomial + 1 do
        next_one[k] = plus(polynomial[k - 1] or zero, times(minus(point), polynomial[k] or zero))
      end
      polynomial = next_one
    end
  end
  return polynomial
end

local function powers(point, count)
  local row = { one }
  for i = 2, count do row[i] = times(row[i - 1], point) end
  return row
end

-- F(m, r) at the given points, m + r - 2 of them, and at infinity. B' begins with the inputs' polynomials, so A and B
-- stay exact in float where the points are short; what divides them is G's.
function bilinear.toom_cook(m, r, points)
  local n = m + r - 1
  assert(#points == n - 1, "F(m, r) wants m + r - 2 points")
  local f = { m = m, r = r, n = n, inputs = n, step = m, kernels = n, inside = 0, a = {}, b = {}, g = {} }
  for i, point in ipairs(points) do
    local divisor = one
    for j, other in ipairs(points) do
      if j ~= i then divisor = times(divisor, plus(point, minus(other))) end
    end
    f.a[i], f.g[i] = powers(point, m), powers(point, r)
    for k = 1, r do f.g[i][k] = times(f.g[i][k], { divisor[2], divisor[1] }) end
    f.b[i] = product_of(points, i)
    f.b[i][n] = zero
  end
  f.a[n], f.g[n], f.b[n] = {}, {}, product_of(points)
  for k = 1, m do f.a[n][k] = k == m and one or zero end
  for k = 1, r do f.g[n][k] = k == r and one or zero end
  return f
end

-- The row of length `count` that has `values` at first, first + distance, ...
local function spaced(count, values, first, distance)
  local row = {}
  for i = 1, count do row[i] = zero end
  for i, value in ipairs(values) do row[first + distance * (i - 1)] = value end
  return row
end

local function identity(n)
  local rows = {}
  for i = 1, n do rows[i] = spaced(n, { one }, i, 1) end
  return rows
end

-- Kernels of three taps and stride 2, by phases, from f = F(m, 2): the outer taps meet every second input, as a
-- correlation of two taps, the middle tap those between, as products alone:
--
--     y[i] = w[0] x[2 i] + w[2] x[2 i + 2]  +  w[1] x[2 i + 1]
--
-- Also the way back to the inputs, which is a correlation for every second x and one product for those between, with
-- the kernel turned round (w[2] is its first tap):
--
--     dx[2 i + 1] = w[1] dy[i]        dx[2 i + 2] = w[2] dy[i] + w[0] dy[i + 1]
function bilinear.phases(f)
  local m, n = f.m, f.n + f.m
  local forward = { m = m, r = 3, n = n, inputs = 2 * m + 1, step = 2 * m, kernels = f.n + 1, inside = 0, a = {}, b = {}, g = {} }
  local back = { m = 2 * m, r = 3, n = n, inputs = m + 1, step = m, kernels = f.n + 1, inside = 0, a = {}, b = {}, g = forward.g }
  for i = 1, f.n do
    forward.a[i], back.a[i] = f.a[i], spaced(2 * m, f.a[i], 2, 2)
    forward.b[i], back.b[i] = spaced(2 * m + 1, f.b[i], 1, 2), f.b[i]
    forward.g[i] = spaced(3, f.g[i], 1, 2)
  end
  forward.g[f.n + 1] = spaced(3, { one }, 2, 1)
  for i, unit in ipairs(identity(m)) do
    forward.a[f.n + i], back.a[f.n + i] = unit, spaced(2 * m, unit, 1, 2)
    forward.b[f.n + i], back.b[f.n + i] = spaced(2 * m + 1, unit, 2, 2), spaced(m + 1, unit, 1, 1)
  end
  return forward, back
end

-- Three taps over the two values of an image of two, beside which all is padding: the products of a Toeplitz matrix of 2 x 2, three for
-- four, whose gradients are such products, too (`inside`: how much padding the algorithm knows of, and does not read):
--
--     y[0] = w[1] x[0] + w[2] x[1]  =  w[1] (x[0] + x[1]) + (w[2] - w[1]) x[1]
--     y[1] = w[0] x[0] + w[1] x[1]  =  w[1] (x[0] + x[1]) + (w[0] - w[1]) x[0]
bilinear.t2 = {
  m = 2, r = 3, n = 3, inputs = 2, step = 2, kernels = 3, inside = 1,
  a = { { one, one }, { one, zero }, { zero, one } }, b = { { one, one }, { zero, one }, { one, zero } },
  g = { { zero, one, zero }, { zero, minus(one), one }, { one, minus(one), zero } },
}

-- The same for an image of three, four products for seven. Of its Toeplitz matrix of 3 x 3 three diagonals are there, so that what is
-- computed is given by the sum of y[i] w[k] x[j] over i + k - j = 1. With x turned round, j for 2 - j, that is i + k + j = 3, which is
-- symmetric: the form u1^3 + 6 u0 u1 u2, and that is a sum of four cubes,
--
--     (u0 + 3/2 u1 + u2)^3 / 6 - (u0 - 3/2 u1 + u2)^3 / 6 - (-u0 + 1/2 u1 + u2)^3 / 2 + (-u0 - 1/2 u1 + u2)^3 / 2
--
-- each a product. Three are too few: they would make the two outer diagonals commute (Strassen, "Rank and optimal computation of
-- generic tensors", 1983).
local function cubes(terms)
  local f = { m = 3, r = 3, n = #terms, inputs = 3, step = 3, kernels = #terms, inside = 1, a = {}, b = {}, g = {} }
  for i, term in ipairs(terms) do
    local factor, u0, u1, u2 = table.unpack(term)
    f.a[i], f.b[i] = { u0, u1, u2 }, { u2, u1, u0 }
    f.g[i] = { times(factor, u0), times(factor, u1), times(factor, u2) }
  end
  return f
end

bilinear.t3 = cubes {
  { { 1, 6 }, one, { 3, 2 }, one }, { { -1, 6 }, one, { -3, 2 }, one },
  { { -1, 2 }, minus(one), { 1, 2 }, one }, { { 1, 2 }, minus(one), { -1, 2 }, one },
}

function bilinear.transposed(matrix)
  local out = {}
  for c = 1, #matrix[1] do
    out[c] = {}
    for r = 1, #matrix do out[c][r] = matrix[r][c] end
  end
  return out
end

-- 1 or -1 for each place of two vectors that differ in signs alone, and whether there are both; nil if they differ.
local function signs(one_row, other)
  local out, has_plus, has_minus = {}, false, false
  for i = 1, #one_row do
    if one_row[i][1] == 0 and other[i][1] == 0 then
      out[i] = 0
    elseif equal(one_row[i], other[i]) then
      out[i], has_plus = 1, true
    elseif equal(one_row[i], minus(other[i])) then
      out[i], has_minus = -1, true
    else
      return nil
    end
  end
  return has_plus and has_minus and out or nil
end

-- The pairs of rows that differ in signs alone: { row, other row, signs } and what each row is part of.
local function pairs_of(rows)
  local found, pair_of = {}, {}
  for i = 1, #rows do
    for j = i + 1, #rows do
      local s = not pair_of[i] and not pair_of[j] and signs(rows[i], rows[j])
      if s then
        found[#found + 1] = { i, j, s }
        pair_of[i], pair_of[j] = found[#found], found[#found]
      end
    end
  end
  return found, pair_of
end

-- Straight-line code: a list of { "name", op, operands... }, and the names of the outputs. Each is one of
--   { name, "add" | "subtract", x, y }   { name, "multiply", constant, x }   { name, "multiply_add", constant, x, y }
local function writer(prefix)
  local code = { count = 0 }
  function code:emit(...)
    self.count = self.count + 1
    local name = prefix .. self.count
    self[#self + 1] = { name, ... }
    return name
  end

  function code:sum(x, y)
    if not x then return y end
    return y and self:emit("add", x, y) or x
  end

  -- The sum of coefficient * input; nil of nothing.
  function code:combine(terms)
    local sum
    table.sort(terms, function(s, t)
      local units, unit = math.abs(s[1][1]) == s[1][2], math.abs(t[1][1]) == t[1][2]
      if units ~= unit then return units end
      if units and (s[1][1] > 0) ~= (t[1][1] > 0) then return s[1][1] > 0 end
      return s.place < t.place
    end)
    for _, term in ipairs(terms) do
      local c, x = term[1], term[2]
      if not sum then
        sum = equal(c, one) and x or self:emit("multiply", c, x)
      elseif equal(c, one) then
        sum = self:emit("add", sum, x)
      elseif equal(c, minus(one)) then
        sum = self:emit("subtract", sum, x)
      else
        sum = self:emit("multiply_add", c, x, sum)
      end
    end
    return sum
  end
  return code
end

local function terms_of(row, inputs, wanted)
  local terms = {}
  for i, coefficient in ipairs(row) do
    if coefficient[1] ~= 0 and (not wanted or wanted(i)) then
      terms[#terms + 1] = { coefficient, inputs[i], place = i }
    end
  end
  return terms
end

-- Two rows that differ in signs are sum and difference of what they have in common.
local function by_rows(code, matrix, inputs, pair_of)
  local outputs = {}
  for i, row in ipairs(matrix) do
    local pair = pair_of[i]
    if not pair then
      outputs[i] = code:combine(terms_of(row, inputs))
    elseif pair[1] == i then
      local even = code:combine(terms_of(row, inputs, function(k) return pair[3][k] == 1 end))
      local odd = code:combine(terms_of(row, inputs, function(k) return pair[3][k] == -1 end))
      outputs[i], outputs[pair[2]] = code:emit("add", even, odd), code:emit("subtract", even, odd)
    end
  end
  return outputs
end

-- Two columns that differ in signs: the sum of their inputs, or the difference, is what a row needs.
local function by_columns(code, matrix, inputs, found)
  local even, odd, second = {}, {}, {}
  for _, pair in ipairs(found) do
    local i, j = pair[1], pair[2]
    even[i], odd[i] = code:emit("add", inputs[i], inputs[j]), code:emit("subtract", inputs[i], inputs[j])
    second[j], even[i .. "signs"] = true, pair[3]
  end
  local outputs = {}
  for r, row in ipairs(matrix) do
    local mixed = {}
    for i = 1, #inputs do
      mixed[i] = even[i] and (even[i .. "signs"][r] == 1 and even[i] or odd[i]) or inputs[i]
    end
    outputs[r] = code:combine(terms_of(row, mixed, function(k) return not second[k] end))
  end
  return outputs
end

-- The code that multiplies `matrix` by a vector of the named inputs.
function bilinear.straight_line(matrix, inputs)
  local code = writer("t")
  local found, pair_of = pairs_of(matrix)
  if #found > 0 then return code, by_rows(code, matrix, inputs, pair_of) end
  found = pairs_of(bilinear.transposed(matrix))
  if #found > 0 then return code, by_columns(code, matrix, inputs, found) end
  return code, by_rows(code, matrix, inputs, {})
end

-- F(2, 3) at 0, +-1, and F(4, 3) at 0, +-5/8, +-3/2, near 1 so that no power of a point is large, and short in binary.
bilinear.f2 = bilinear.toom_cook(2, 3, { zero, one, minus(one) })
local near_one = { zero, { 5, 8 }, { -5, 8 }, { 3, 2 }, { -3, 2 } }
bilinear.f4 = bilinear.toom_cook(4, 3, near_one)

-- F(2, 5), of as many products and at the same points.
bilinear.f2r5 = bilinear.toom_cook(2, 5, near_one)

-- By phases from F(4, 2) at +-1/2, +-5/4 and infinity: of the points tried these are least off.
bilinear.p4, bilinear.p4_back =
  bilinear.phases(bilinear.toom_cook(4, 2, { { 1, 2 }, { -1, 2 }, { 5, 4 }, { -5, 4 } }))

return bilinear

-- Bilinear algorithms: what their matrices compute, in all three directions, and what the code made of them does.
local bilinear = require "bilinear"
local harness = require "harness"

local random = 12345
local function draw()
  random = (random * 1103515245 + 12345) % 2147483648
  return random // 65536 % 19 - 9
end

local function vector(n)
  local out = {}
  for i = 1, n do out[i] = draw() end
  return out
end

local function number(q) return q[1] / q[2] end

local function apply(matrix, x)
  local y = {}
  for r, row in ipairs(matrix) do
    y[r] = 0
    for c, q in ipairs(row) do y[r] = y[r] + number(q) * x[c] end
  end
  return y
end

local function hadamard(x, y)
  local z = {}
  for i = 1, #x do z[i] = x[i] * y[i] end
  return z
end

local function near(x, y)
  for i = 1, math.max(#x, #y) do
    local distance = math.abs(x[i] - y[i])
    if distance ~= distance or distance > 1e-9 * (1 + math.abs(y[i])) then return false end
  end
  return true
end

-- What is multiplied with what: { output, tap, input }.
local function correlation(f)
  local list = {}
  for i = 1, f.m do
    for k = 1, f.r do list[#list + 1] = { i, k, i + k - 1 } end
  end
  return list
end

local function of_stride_2(f)
  local list = {}
  for i = 1, f.m do
    for k = 1, 3 do list[#list + 1] = { i, k, 2 * (i - 1) + k } end
  end
  return list
end

-- Its way back, with the kernel turned round: y[2 i] = w[1] x[i], y[2 i + 1] = w[0] x[i] + w[2] x[i + 1], from 0 on.
local function back_of_stride_2(f)
  local list = {}
  for i = 1, f.m // 2 do
    list[#list + 1] = { 2 * i - 1, 2, i }
    list[#list + 1] = { 2 * i, 1, i }
    list[#list + 1] = { 2 * i, 3, i + 1 }
  end
  return list
end

-- What the definition says: y[i] = sum of w[k] x[j], and the gradients for dy.
local function naive(f, products, x, w, dy)
  local y, dx, dw = {}, {}, {}
  for i = 1, f.m do y[i] = 0 end
  for i = 1, f.inputs do dx[i] = 0 end
  for k = 1, f.r do dw[k] = 0 end
  for _, product in ipairs(products) do
    local i, k, j = table.unpack(product)
    y[i] = y[i] + w[k] * x[j]
    dx[j] = dx[j] + w[k] * dy[i]
    dw[k] = dw[k] + x[j] * dy[i]
  end
  return y, dx, dw
end

-- What each product takes of U, and the sums of what products have for each U.
local function spread(f, u)
  local out = {}
  for i = 1, f.n do out[i] = u[math.min(i, f.kernels)] end
  return out
end

local function gathered(f, z)
  local out = {}
  for i = 1, f.kernels do out[i] = 0 end
  for i = 1, f.n do out[math.min(i, f.kernels)] = out[math.min(i, f.kernels)] + z[i] end
  return out
end

-- Whether the algorithm computes all three.
local function is_right(f, meets)
  local transposed, products = bilinear.transposed, meets(f)
  for _ = 1, 5 do
    local x, w, dy = vector(f.inputs), vector(f.r), vector(f.m)
    local y, dx, dw = naive(f, products, x, w, dy)
    local u, v, dm = spread(f, apply(f.g, w)), apply(f.b, x), apply(f.a, dy)
    if not near(apply(transposed(f.a), hadamard(u, v)), y) or not near(apply(transposed(f.b), hadamard(dm, u)), dx)
      or not near(apply(transposed(f.g), gathered(f, hadamard(v, dm))), dw) then return false end
  end
  return true
end

local forms = {
  f2 = bilinear.f2, f4 = bilinear.f4, f2r5 = bilinear.f2r5, t2 = bilinear.t2, t3 = bilinear.t3,
  p4 = bilinear.p4, p4_back = bilinear.p4_back,
  ["F(4, 2)"] = bilinear.toom_cook(4, 2, { { 0, 1 }, { 1, 1 }, { -1, 1 }, { 2, 1 } }),
  ["F(2, 5)"] = bilinear.toom_cook(2, 5, { { 0, 1 }, { 1, 1 }, { -1, 1 }, { 1, 2 }, { -1, 2 } }),
  ["F(1, 3)"] = bilinear.toom_cook(1, 3, { { 0, 1 }, { 1, 1 } }),
}

-- Of an image of two with padding 1.
local function of_two() return { { 1, 2, 1 }, { 1, 3, 2 }, { 2, 1, 1 }, { 2, 2, 2 } } end

-- Of an image of three with padding 1.
local function of_three() return { { 1, 2, 1 }, { 1, 3, 2 }, { 2, 1, 1 }, { 2, 2, 2 }, { 2, 3, 3 }, { 3, 1, 2 }, { 3, 2, 3 } } end

local meets = { t2 = of_two, t3 = of_three, p4 = of_stride_2, p4_back = back_of_stride_2 }

local function each(visit)
  local names = {}
  for name in pairs(forms) do names[#names + 1] = name end
  table.sort(names)
  for _, name in ipairs(names) do visit(name, forms[name], meets[name] or correlation) end
end

each(function(name, f, products)
  harness.test("bilinear: " .. name .. " is its correlation and the gradients", function()
    harness.equal(is_right(f, products), true)
  end)
end)

each(function(name, f, products)
  harness.test("bilinear: a wrong entry of " .. name .. " is found", function()
    for _, key in ipairs { "a", "b", "g" } do
      for _, row in ipairs(f[key]) do
        for c = 1, #row do
          local right = row[c]
          row[c] = { right[1] + right[2], right[2] }
          local found = not is_right(f, products)
          row[c] = right
          harness.equal(found, true)
        end
      end
    end
  end)
end)

local operations = {
  add = function(x, y) return x + y end,
  subtract = function(x, y) return x - y end,
  multiply = function(c, x) return number(c) * x end,
  multiply_add = function(c, x, y) return number(c) * x + y end,
}

-- Runs straight-line code.
local function run(code, outputs, names, x)
  local value = {}
  for i, name in ipairs(names) do value[name] = x[i] end
  for _, line in ipairs(code) do
    local operands = {}
    for i = 3, #line do operands[i - 2] = type(line[i]) == "string" and value[line[i]] or line[i] end
    value[line[1]] = operations[line[2]](table.unpack(operands))
  end
  local y = {}
  for i, name in ipairs(outputs) do y[i] = value[name] end
  return y
end

each(function(name, f)
  harness.test("bilinear: straight lines of " .. name .. " multiply by its matrices", function()
    for _, matrix in ipairs { f.a, f.b, f.g, bilinear.transposed(f.a), bilinear.transposed(f.b), bilinear.transposed(f.g) } do
      local names = {}
      for i = 1, #matrix[1] do names[i] = "x" .. i end
      local code, outputs = bilinear.straight_line(matrix, names)
      local x = vector(#names)
      harness.equal(#outputs, #matrix)
      harness.equal(near(run(code, outputs, names, x), apply(matrix, x)), true)
    end
  end)
end)

-- A float has 24 bits: numerator below 2^24 over a power of two.
harness.test("bilinear: A and B of the forms in use are exact in float", function()
  for _, f in ipairs { bilinear.t2, bilinear.t3, bilinear.f2, bilinear.f4, bilinear.f2r5 } do
    for _, matrix in ipairs { f.a, f.b } do
      for _, row in ipairs(matrix) do
        for _, q in ipairs(row) do harness.equal(q[2] & (q[2] - 1) == 0 and math.abs(q[1]) < 1 << 24, true) end
      end
    end
  end
end)

harness.test("bilinear: pairs of points share their sums", function()
  local code = bilinear.straight_line(bilinear.f4.b, { "x1", "x2", "x3", "x4", "x5", "x6" })
  harness.equal(#code <= 16, true)
end)

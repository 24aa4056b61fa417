-- What every generated C file is: no line longer than 100 columns but those of the spec it shows, no number that could
-- have been folded, no two functions that differ in nothing but their name or in whether they add, no call of a kernel that
-- takes ten arguments. And how format.lua and fold.lua see to that.
local compile = require "compile"
local compiler = require "compiler"
local fold = require "emit.fold"
local format = require "emit.format"
local harness = require "harness"
local test, equal = harness.test, harness.equal

local specs = {
  { "gen/specs/resnet8_tiny.lua", { target = "avx2", batch = 4 } },
  { "gen/specs/resnet18_cifar.lua", { target = "avx512", as = "evaluator" } },
  { "tests/specs/golden/every_op.lua", { target = "avx2" } },
  { "tests/specs/golden/frozen.lua", { target = "avx2" } },
  { "tests/specs/golden/training_words.lua", { target = "avx512" } },
  { "tests/specs/mobilenet_v2_cifar.lua", { target = "avx2" } },
}

-- And each spec that is shipped.
for _, path in ipairs(harness.files("gen/specs", ".lua")) do
  for _, target in ipairs { "avx512", "portable" } do specs[#specs + 1] = { path, { target = target } } end
end

-- And each spec of an op, for one of the targets.
local targets = { "avx512", "avx2", "portable" }
for i, path in ipairs(harness.files("tests/specs/ops", ".lua")) do specs[#specs + 1] = { path, { target = targets[i % 3 + 1] } } end

-- Sums, products, bounds and loops that say nothing: unit / 1, unit % 1, 2 * 1, 1 * x, 1.0f * x, x + 0, 3 * 4 / 4, at_most(4, 4),
-- j < 1, k = first; k < first + 1; and constants that have a name.
local idle = {
  " [*/] 1%f[^%w_.]", " [*/] 1%.0f?%f[^%w_.]", " %% 1%f[^%w_.]", "%f[%w_.]1 %* ", "%f[%w_.]1%.0f? %* ", " [-+] 0%f[^%w_.]",
  " [-+] 0%.0f?%f[^%w_.]", "%f[%w_.]0 [-+] ", "%* (%d+) [/%%] %1%f[^%w_.]", "%+ %d+ %+ %d+%f[^%w_.]", "%f[%w_.](%d+) == %1%f[^%w_.]",
  "at_%l+%(%d+, %d+%)", "%(ptrdiff_t%)%d", "= 0; %w+ < 1;", "= (%w+); %w+ < %1 %+ 1;",
  "^ +const [ip]%l+_?t? [^(]*%f[%w_]%l[%l%d_]* = %d+[,;]",
}

local function check_line(place, line)
  if #line > 100 and not line:find("^ %*   ") then harness.fail("%s has %d columns: %s", place, #line, line) end
  if line:find("%f[%d](%d+) of %1 taps") then harness.fail("%s says that all is as always: %s", place, line) end
  if line:find("^ *[/ ]%*") then return end
  for _, pattern in ipairs(idle) do
    if line:gsub('"[^"]*"', ""):gsub("/%*.*", ""):find(pattern) then harness.fail("%s could be folded: %s", place, line) end
  end
end

-- The functions of kernels.c, each by its name.
local function kernels_of(text)
  local list = {}
  for comment, rest in text:gmatch("/%* ([%w_]+): [^\n]*\n(.-\nvoid %1%b()\n%b{})") do list[#list + 1] = { comment, rest } end
  return list
end

local function check_twins(place, text)
  local known = {}
  for _, kernel in ipairs(kernels_of(text)) do
    local body = kernel[2]:gsub("^.-\nstruct", "struct"):gsub(kernel[1], "NAME"):gsub("%+=", "=")
    if known[body] then harness.fail("%s: %s is %s again", place, kernel[1], known[body]) end
    known[body] = kernel[1]
  end
end

-- The calls that a program consists of.
local function check_calls(place, text)
  for name, list in text:gmatch("\n    ([%w_]+)(%b());") do
    local _, commas = list:gsub(",", "")
    if commas > 8 then harness.fail("%s: %s is called with %d arguments", place, name, commas + 1) end
  end
end

local programs = { ["forward.c"] = true, ["backward.c"] = true, ["evaluate.c"] = true }

for _, entry in ipairs(specs) do
  local path, options = table.unpack(entry)
  test("the C of " .. path .. " for " .. options.target, function()
    local graph = compile(path, nil, options)
    for _, file in ipairs(compiler.files(graph, harness.root .. "/templates")) do
      if file[1]:find("%.[ch]$") then
        local number, text = 0, table.concat(file[2])
        for line in text:gmatch("([^\n]*)\n") do
          number = number + 1
          check_line(file[1] .. ":" .. number, line)
        end
        if programs[file[1]] then check_calls(file[1], text) end
        if file[1] == "kernels.c" then check_twins(file[1], text) end
      end
    end
  end)
end

for code, expected in pairs {
  ["y = unit / 1 % 4 * 1;"] = "y = unit % 4;",
  ["y = unit % 1 * 4, x = a;"] = "y = 0, x = a;",
  ["f((unit + 1) * 1, 256);"] = "f(unit + 1, 256);",
  ["a->x[y * 1 + tap->dy][x0 * 2 + 0]"] = "a->x[y + tap->dy][x0 * 2]",
  ["f(1 * BATCH * 64, 2 * 64, 0)"] = "f(BATCH * 64, 128, 0)",
  ["y < (part + 1) * 1 / 1; y++"] = "y < part + 1; y++",
  ["up = y + 0 - tap / 2, left = x - 0 + 3;"] = "up = y - tap / 2, left = x + 3;",
  ["d[(c * 1 + y) * 1 + x]"] = "d[c + y + x]",
  ["d[(c * 1 + y) * 2 + x]"] = "d[(c + y) * 2 + x]",
  ["x[i] * 1.0f + 0.0f - 1e-05f * 10"] = "x[i] * 1.0f + 0.0f - 1e-05f * 10",
  ["float (*x)[1] = a; x = 0;"] = "float (*x)[1] = a; x = 0;",
  ["q = (float *)s + 0;"] = "q = (float *)s;",
  ["x = a - b * 0;"] = "x = a;",
  ["x = f(a)[1] * 1 - 1 / n;"] = "x = f(a)[1] - 1 / n;",
  ['s = "1 * 1";'] = 's = "1 * 1";',
  ["y = part * 4 / 4, z = (part + 1) * 8 / 4;"] = "y = part, z = (part + 1) * 2;",
  ["end = at_most(12, 8) + at_least(first, 0);"] = "end = 8 + at_least(first, 0);",
  ["p + (ptrdiff_t)(x - 0) * 3 + (ptrdiff_t)0 * n"] = "p + (ptrdiff_t)x * 3",
  ["x = 0 - 1 + j % 6, y = (x + 1 + 6) / 7;"] = "x = -1 + j % 6, y = (x + 7) / 7;",
  ["first = y == y0 && 0 == 0;"] = "first = y == y0;",
} do
  test("folds " .. code, function() equal(fold.statement(code), expected) end)
end

test("constants of a function and loops of one turn", function()
  equal(format.c(table.concat({
    "void f(int n)", "{", "    enum { o = 0, step = 4 };", "    const int first = n % 1;", "    for (int j = 0; j < 1; j++) {",
    "        const int k = a[o + j].o;", "        g(k * step, first);", "    }", "    for (int y = 0; y < 1; y++)",
    "        for (int x = 0; x < n; x++)", "            h(y, x);", "}", "",
  }, "\n")), table.concat({
    "void f(int n)", "{", "    const int k = a[0].o;", "    g(k * 4, 0);", "    for (int x = 0; x < n; x++)", "        h(0, x);",
    "}", "",
  }, "\n"))
end)

test("constants among others, and loops of one turn from a name on", function()
  equal(format.c(table.concat({
    "void f(int part)", "{", "    const int y = part / 2, x0 = 0, x1 = at_most(x0 + 4, 4);", "    for (int x = x0; x < x1; x += 4) {",
    "        const ptrdiff_t row = x * 8;", "        g(y, row);", "    }", "    for (int k = part; k < part + 1; k++)", "        h(k);",
    "}", "",
  }, "\n")), table.concat({ "void f(int part)", "{", "    const int y = part / 2;", "    g(y, 0);", "    h(part);", "}", "" }, "\n"))
end)

test("what jumps out of a loop of one turn, or is set again, stays", function()
  local kept = table.concat({
    "{", "    for (int j = 0; j < 1; j++) {", "        if (x)", "            continue;", "        g();", "    }", "    enum { i = 0 };",
    "    for (int i = 0; i < n; i++)", "        g(i);", "}", "",
  }, "\n")
  equal(format.c(kept), kept)
end)

test("lines are broken within brackets, to the right of them", function()
  local long = "    some_function_of_a_kernel(the_first_argument, another_function(of_two, arguments_each), the_last_of_them);"
  equal(format.c(long .. "\n"), "    some_function_of_a_kernel(the_first_argument, another_function(of_two, arguments_each),\n"
    .. "                              the_last_of_them);\n")
  equal(format.c("    f(a,\n      b);\n"), "    f(a, b);\n")
  local name = ("long_"):rep(9) .. "name"
  equal(format.c("extern const struct " .. name .. " " .. name .. "[4];\n"),
    "extern const struct " .. name .. "\n    " .. name .. "[4];\n")
end)

test("comments are filled anew where a line is too long", function()
  local words = ("word "):rep(25)
  equal(format.c("/* " .. words .. "*/\n"), "/* " .. ("word "):rep(18) .. "word\n * " .. ("word "):rep(5) .. "word */\n")
  equal(format.c("    int x; /* " .. words .. "*/\n"),
    "    int x; /* " .. ("word "):rep(16) .. "word\n            * " .. ("word "):rep(7) .. "word */\n")
end)

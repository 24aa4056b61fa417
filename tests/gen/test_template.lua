-- The template engine: what it writes, and that every mistake names file and line and shows the line.
local harness = require "harness"
local template = require "emit.template"
local test, equal = harness.test, harness.equal

local function render(source, values, functions) return template.render(source, "templates/t.c", values or {}, functions) end

-- What rendering `source` complains of.
local function complaint(source, values, functions)
  local ok, message = pcall(render, source, values, functions)
  equal(ok, false, "renders")
  return message
end

test("text stays as it is", function()
  equal(render("a\n\n  b \\n \"q\" %d [[x]]\n"), "a\n\n  b \\n \"q\" %d [[x]]\n")
  equal(render("no end of line"), "no end of line\n")
  equal(render(""), "\n")
  equal(render("user@host (a)\n"), "user@host (a)\n")
end)

test("holes", function()
  equal(render("a@(x)b@(y)c\n", { x = "X", y = 2 }), "aXb2c\n")
  equal(render("@(x)@(x)\n", { x = 0 }), "00\n")
  equal(render("@(2 * (x + (1)))\n", { x = 3 }), "8\n")
  equal(render("f(@(g(x)), (1));\n", { x = 3 }, { g = function(x) return x * x end }), "f(9, (1));\n")
end)

test("parentheses and marks in strings of a hole", function()
  equal(render('@(")" .. x)|\n', { x = 1 }), ")1|\n")
  equal(render("@(x .. ' and (')|\n", { x = 1 }), "1 and (|\n")
  equal(render([[@("\")" .. x .. "'(")|]] .. "\n", { x = 1 }), "\")1'(|\n")
  equal(render([[@('\'' .. "\\")|]] .. "\n"), "'\\|\n")
end)

test("numbers", function()
  equal(render("@(x)\n", { x = 3 }), "3\n")
  equal(render("@(x)\n", { x = 0.1 }), "0.1\n")
  equal(render("@(x)\n", { x = 1 << 40 }), "1099511627776\n")
end)

test("a hole takes one value", function()
  equal(render("@(f())\n", {}, { f = function() return "one", "two" end }), "one\n")
end)

test("statements and remarks leave no line", function()
  equal(render("//- about\n//: for i = 1, 3 do\n//:   if i ~= 2 then\n@(i);\n//:   end\n  //: end\n"), "1;\n3;\n")
  equal(render("// C++ comment\n"), "// C++ comment\n")
end)

test("false is a value where statements test it", function()
  equal(render("//: if x then\nyes\n//: else\nno\n//: end\n", { x = false }), "no\n")
end)

test("a value hides what templates have of their own", function()
  equal(render("@(f)\n", { f = "mine" }, { f = function() end }), "mine\n")
end)

for _, case in ipairs {
  { "nothing in a hole", "a\nb @(x[1]) c\n", 'templates/t.c:2: a hole is filled with nothing\n  b @(x[1]) c' },
  { "a field that nobody declared", "a\n//: if x.y.z then\n//: end\n", 'templates/t.c:2: no value for x.y.z\n  //: if x.y.z then' },
  { "a function among the values", "@(f.g)\n", "templates/t.c:1: internal error: f.g is a function, which templates don't take\n  @(f.g)" },
  { "a choice in a hole", "a\n@(x or 5)\n", 'templates/t.c:2: a hole with "or" in it: what fills it is decided where its values are'
    .. ' made\n  @(x or 5)' },
  { "a local", "//: local a = 'x'\n", "templates/t.c:1: only if, elseif, else, for and end are statements here\n  //: local a = 'x'" },
  { "a boolean in a hole", "@(x == 1)\n", "templates/t.c:1: a hole is filled with boolean\n  @(x == 1)" },
  { "a table in a hole", "\n\n@(x)\n", "templates/t.c:3: a hole is filled with table\n  @(x)" },
  { "a function in a hole", "@(ipairs)\n", "templates/t.c:1: a hole is filled with function\n  @(ipairs)" },
  { "an unknown name", "a\n\n  @(nmae) b\n", "templates/t.c:3: no value for nmae\n    @(nmae) b" },
  { "an unknown name in a statement", "a\n//: if nmae then\n//: end\n",
    "templates/t.c:2: no value for nmae\n  //: if nmae then" },
  { "a hole without its end", "a\n@(f(x) b\n", "templates/t.c:2: a hole @( without its )\n  @(f(x) b" },
  { "a hole that ends in a string", '@("x)\n', 'templates/t.c:1: a hole @( without its )\n  @("x)' },
  { "io is out of reach", "@(io.open('x'))\n", "templates/t.c:1: no value for io\n  @(io.open('x'))" },
} do
  local what, source, expected = table.unpack(case)
  local given = { x = { y = {} }, f = what:find("function among") and { g = print } }
  test(what, function() equal(complaint(source, given), expected) end)
end

-- Lua words its own complaints; place and line are the template's.
local function complains_of_line(source, number, line, values, functions)
  local message = complaint(source, values, functions)
  local place = string.format("templates/t.c:%d: ", number)
  equal(message:sub(1, #place), place, message)
  local shown = "\n  " .. line
  equal(message:sub(-#shown), shown, message)
  equal(select(2, message:gsub("\n", "")), 1, "line ends in " .. message)
end

test("a syntax error in a statement", function()
  complains_of_line("a\n//: for i = 1 do\nb\n//: end\n", 2, "//: for i = 1 do")
end)

test("a syntax error in a hole", function()
  complains_of_line("a\nb\n@(1 +) c\n", 3, "@(1 +) c")
  complains_of_line("@()\n", 1, "@()")
end)

test("an end too many or too few", function()
  complains_of_line("a\n//: end\nb\n", 2, "//: end")
  complains_of_line("//: if true then\na\n", 2, "a")
end)

test("a fault in a hole's expression", function()
  complains_of_line("a\n@(x[1].z)\n", 2, "@(x[1].z)", { x = {} })
  complains_of_line("a\n@(x + 1)\n", 2, "@(x + 1)", { x = {} })
end)

test("a fault in code that a hole calls", function()
  local f = { f = function(list) return #list end }
  complains_of_line("a\nb @(f(x[1]))\n", 2, "b @(f(x[1]))", { x = {} }, f)
  complains_of_line("a\n//: for _, i in ipairs(f()) do\n//: end\n", 2, "//: for _, i in ipairs(f()) do", {}, f)
end)

test("every template compiles", function()
  local function compile(folder, ending)
    for _, path in ipairs(harness.files(folder, ending)) do
      local ok, message = pcall(template.render, harness.read(harness.root .. "/" .. path), path, {})
      -- Without values all there is to complain of is a missing one, never syntax.
      if not ok and not message:find("no value for", 1, true) then error(message, 0) end
    end
  end
  compile("templates", ".c")
  compile("templates", ".h")
  compile("templates/kernels", ".c")
end)

-- What is made for one type: vectors of machines, polynomials of a certain precision, and readers of files of floats.
local of_one_type = {
  ["templates/kernels/parts/functions.h"] = true, ["templates/mathematics.h"] = true, ["templates/load.c"] = true,
  ["templates/library/safetensors.c"] = true,
}

test("templates ask for the type of elements", function()
  local listing = assert(io.popen("find '" .. harness.root .. "/templates' -name '*.[ch]'"))
  for path in listing:lines() do
    local name, number = path:sub(#harness.root + 2), 0
    for line in (harness.read(name) .. "\n"):gmatch("(.-)\n") do
      number = number + 1
      if line:find("%f[%w_]float%f[^%w_]") and not of_one_type[name] and not name:find("^templates/vectors/") then
        harness.fail("%s:%d: %s", name, number, line)
      end
    end
  end
  listing:close()
end)

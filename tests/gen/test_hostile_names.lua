-- Whatever a spec's file is called and whatever its text holds, nothing of it is run, and what is generated compiles and
-- is read by make as that of any other.
local harness = require "harness"
local test, equal = harness.test, harness.equal

local function quoted(text) return "'" .. text:gsub("'", "'\\''") .. "'" end

local function output_of(command)
  local pipe = assert(io.popen(command))
  local text = pipe:read("a")
  pipe:close()
  return text
end

local folder = output_of("mktemp -d"):gsub("\n", "")
local root = output_of("cd " .. quoted(harness.root) .. " && pwd"):gsub("\n", "")

local function write(name, content)
  local file = assert(io.open(folder .. "/" .. name, "wb"))
  file:write(content)
  file:close()
end

-- Ends of comments, lines joined by a backslash or its trigraph, what is not UTF-8, characters that turn the
-- direction of text, control characters, holes of templates, words of make and of shells.
local text = harness.read(root .. "/gen/specs/resnet8_tiny.lua") .. "\n--[==[ */ int x; /* \\\n--/ *\\\n/ *??/\n/ ??/\n"
  .. "\xff\xfe \xe2\x80\xae \xe2\x81\xa6 \xc2\x85 \r\n*/*/ /*/ @(x) %1 %s $(shell touch pwned) `touch pwned`\n//: end\n"
  .. " \0\1 a\rb \n \\ ]==]--\\"
local names = {
  "a b.lua", "q'.lua", 'q".lua', "a;touch pwned;b.lua", "n\nl.lua", "-x.lua", "h#.lua", "$(touch pwned).lua",
  "`touch pwned`.lua", "back\\.lua", "ends\\", "\xff\xfe.lua", "star*", "%s%1%.lua", "??'??!.lua", "x.lua:3: y.lua",
  "tab\t.lua", "cr\r.lua", "turned\xe2\x80\xae.lua", "\xc2\x85.lua", "@(x)", "$(shell touch pwned)",
}

write("print.mk", "include out/flags.mk\nall:\n\t@echo '$(MODEL_NAME)|$(DATASET)|$(SOURCES)'\n")

for _, name in ipairs(names) do
  test(string.format("a spec called %q", name), function()
    write(name, text)
    local said = output_of(string.format("cd %s && rm -rf out && %s ./%s -o out --target portable 2>&1", quoted(folder),
      quoted(root .. "/gen/castnet"), quoted(name)))
    equal(said, "", "castnet says")
    said = output_of(string.format("cd %s && ${CC:-cc} -std=c99 -fsyntax-only -Wall -Wextra -Wpedantic -Wshadow -Werror -I out "
      .. "out/resnet8_tiny.c out/forward.c 2>&1", quoted(folder)))
    equal(said, "", "the compiler says")
    said = output_of(string.format("cd %s && make -s -f print.mk 2>&1", quoted(folder)))
    equal(said, "resnet8_tiny|cifar10|"
      .. "kernels.c forward.c backward.c evaluate.c update.c resnet8_tiny.c resnet8_tiny_recipe.c\n", "make says")
    write(name, "return 1\n")
    said = output_of(string.format("cd %s && %s ./%s -o out 2>&1", quoted(folder), quoted(root .. "/gen/castnet"), quoted(name)))
    equal(said:match("^[^\n]*:1: (a spec must return what net%.model makes, not 1\n)$") ~= nil, true, said)
    equal(io.open(folder .. "/pwned"), nil, "run")
  end)
end

os.execute("rm -r " .. quoted(folder))

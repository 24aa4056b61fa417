-- The command: options, what it prints, what it writes, and that it is quick.
local harness = require "harness"
local names = require "names"
local outputs = require "outputs"
local passes = require "passes"
local version = require "version"
local test, equal = harness.test, harness.equal

local function quoted(text) return "'" .. text:gsub("'", "'\\''") .. "'" end

local function output_of(command)
  local pipe = assert(io.popen(command))
  local text = pipe:read("a")
  local _, _, status = pipe:close()
  return text, status
end

local folder = output_of("mktemp -d"):gsub("\n", "")
local root = output_of("cd " .. quoted(harness.root) .. " && pwd"):gsub("\n", "")
local tiny = quoted(root .. "/gen/specs/resnet8_tiny.lua")

-- Runs castnet in the scratch folder; returns what it prints on stdout, on stderr, and its exit status.
local function castnet(arguments)
  local text, status = output_of(string.format("cd %s && %s %s 2>stderr", quoted(folder), quoted(root .. "/gen/castnet"),
    arguments))
  return text, harness.read(folder .. "/stderr"), status
end

local function files_in(path)
  return (output_of("ls -A " .. quoted(folder .. "/" .. path) .. " 2>&1"):gsub("\n", " "))
end

local function is_there(path) return (os.execute("test -e " .. quoted(folder .. "/" .. path))) or false end

local function contains(text, part)
  if not text:find(part, 1, true) then error(string.format("no %q in: %s", part, text), 2) end
end

-- One line on stderr, nothing on stdout, exit status 1.
local function refuses(arguments, expected)
  local text, complaint, status = castnet(arguments)
  equal(text, "", "stdout")
  equal(complaint, expected .. "\n", "stderr")
  equal(status, 1, "exit status")
end

test("--help", function()
  for _, option in ipairs { "--help", "-h" } do
    local text, complaint, status = castnet(option)
    equal(complaint, "")
    equal(status, 0)
    for _, word in ipairs { "Usage: castnet", "--output", "--target", "--batch", "--print", "--stop-after", "--memory", "--freeze",
      "--as", "--with", "unfenced", "--print-name", "--version", "convert [--key NAME] IN OUT" } do contains(text, word) end
    for _, name in ipairs(passes.names) do contains(text, name) end
  end
end)

test("--version", function()
  local text, complaint, status = castnet("--version")
  equal(text, "castnet " .. version .. "\n")
  equal(complaint, "")
  equal(status, 0)
end)

for _, case in ipairs {
  { "", "missing argument 'spec'" },
  { tiny .. " --colour", "unknown option '--colour'" },
  { tiny .. " --target pdp11 -o out", "argument for option '--target' must be one of 'native',"
    .. " 'avx512bf16', 'avx512', 'avx2', 'aarch64', 'portable'" },
  { tiny .. " --memory none -o out", "argument for option '--memory' must be one of 'plan', 'poison', 'separate'" },
  { tiny .. " --batch 0 -o out", "'0' is not a whole number from 1 to 65536" },
  { tiny .. " --batch 65537 -o out", "'65537' is not a whole number from 1 to 65536" },
  { tiny .. " --batch 8.5 -o out", "'8.5' is not a whole number from 1 to 65536" },
  { tiny .. " --batch 8x -o out", "'8x' is not a whole number from 1 to 65536" },
  { tiny .. " --batch=-3 -o out", "'-3' is not a whole number from 1 to 65536" },
  { tiny .. " --batch", "option '--batch' requires an argument" },
  { tiny .. " " .. tiny .. " -o out", "too many arguments" },
} do
  test("refuses: " .. case[2], function()
    refuses(case[1], "castnet: " .. case[2] .. "; castnet --help lists the options")
    equal(is_there("out"), false, "out")
  end)
end

test("guesses a misspelt option", function()
  refuses(tiny .. " --targt avx2", "castnet: unknown option '--targt'; did you mean '--target'?")
end)

test("refuses passes that are none", function()
  for _, option in ipairs { "--print", "--stop-after" } do
    local text, complaint, status = castnet(tiny .. " " .. option .. " no_pass")
    equal(text, "")
    contains(complaint, "castnet: argument for option '" .. option .. "' must be one of 'build_graph', 'freeze_layers', ")
    equal(status, 1)
  end
end)

test("nowhere to write", function()
  refuses(tiny, "castnet: nowhere to write; give -o DIR")
end)

test("layers to freeze that are none, or all", function()
  refuses(tiny .. " -o out --freeze layr1", 'castnet: --freeze: no layer and no parameter is called "layr1"; did you mean layer1?')
  refuses(tiny .. " -o out --freeze conv1,bn1,layer1,layer2,layer3,fc", "castnet: --freeze: nothing is left to train")
  equal(is_there("out"), false, "out")
end)

test("--freeze replaces what the spec freezes", function()
  local spec = quoted(root .. "/tests/specs/ops/freeze_prefix.lua")
  for _, case in ipairs { { "", "conv1,bn1,block,conv2" }, { "--freeze bn2", "bn2" }, { "--freeze ''" } } do
    castnet(spec .. " -o replaced " .. case[1])
    local header = harness.read(folder .. "/replaced/runtime/model.h"):match("#define MODEL_OPTIONS \"([^\"]*)\"")
    equal(header:match("%-%-freeze (.*)"), case[2], case[1])
  end
  equal(harness.read(folder .. "/replaced/plan.txt"):find("Frozen", 1, true), nil, "plan.txt")
end)

test("a spec that is missing, a folder, wrong", function()
  refuses("none.lua -o out", "castnet: none.lua: No such file or directory")
  refuses(". -o out", "castnet: .: Is a directory")
  local file = assert(io.open(folder .. "/wrong.lua", "w"))
  file:write("\nreturn net.modle {}\n")
  file:close()
  refuses("wrong.lua -o out", "wrong.lua:2: unknown word net.modle; did you mean model?")
  os.execute(string.format("cd %s && mkdir gen && cp wrong.lua gen/", quoted(folder)))
  refuses("gen/wrong.lua -o out", "gen/wrong.lua:2: unknown word net.modle; did you mean model?")
  equal(is_there("out"), false, "out")
end)

test("a folder that can't be made or written", function()
  refuses(tiny .. " -o stderr/out", "castnet: can't make the folder stderr/out; choose another with -o")
  refuses(tiny .. " -o /proc/castnet", "castnet: can't make the folder /proc/castnet; choose another with -o")
end)

test("a file that can't be written leaves the others as they were", function()
  castnet(tiny .. " -o taken --target avx2 --batch 4")
  local before = harness.read(folder .. "/taken/plan.txt")
  local text, status = output_of(string.format("cd %s && ulimit -f 24 && %s %s -o taken --target avx2 --batch 8 2>&1",
    quoted(folder), quoted(root .. "/gen/castnet"), tiny))
  contains(text, "castnet: can't write taken/")
  equal(select(2, text:gsub("\n", "")), 1, "lines")
  equal(status, 1)
  equal(harness.read(folder .. "/taken/plan.txt"), before, "plan.txt")
  equal(files_in("taken"):find("%.part"), nil, "files written aside")
end)

test("no model and no prefix is called as a file that outputs have beside theirs", function()
  for _, output in ipairs(outputs.names) do
    for _, file in ipairs(outputs[output].files) do
      local stem = file[1]:match("^([%w_]+)%.[ch]$")
      equal(stem == nil or stem:find("^PREFIX") ~= nil or names.check_prefix(stem) == nil, true, stem)
    end
  end
end)

test("--prefix begins all names that other code sees, and must be one itself", function()
  local _, complaint, status = castnet(tiny .. " -o prefixed --target portable --prefix Tiny_2")
  equal(complaint, "")
  equal(status, 0)
  local header = harness.read(folder .. "/prefixed/Tiny_2.h")
  contains(header, "struct Tiny_2 *Tiny_2_open(void *memory")
  contains(header, "#ifndef TINY_2_H")
  equal(header:find("resnet8_tiny_", 1, true), nil, "the model's name")
  for prefix, what in pairs {
    ["for"] = "has a meaning in C", ["a b"] = "must be letters", ["2x"] = "must be letters", [""] = "must be letters",
    _x = "must be letters", kernels = "is a file of every model", load = "is a file of every model",
    [string.rep("a", 101)] = "is longer than 100 letters",
  } do
    _, complaint, status = castnet(tiny .. " -o refused --prefix '" .. prefix .. "'")
    contains(complaint, what)
    equal(select(2, complaint:gsub("\n", "")), 1, "lines")
    equal(status, 1)
  end
  equal(is_there("refused"), false, "refused")
end)

test("a folder with strange letters", function()
  local _, complaint, status = castnet(tiny .. " -o \"a b'c\\$(touch pwned)/d\" --target avx2")
  equal(complaint, "")
  equal(status, 0)
  equal(is_there("a b'c$(touch pwned)/d/base.h"), true, "base.h")
  equal(is_there("pwned"), false, "pwned")
end)

test("--print shows the graph after each pass, and needs no folder", function()
  for _, name in ipairs(outputs.trainer.passes) do
    local text, complaint, status = castnet(tiny .. " --print " .. name)
    equal(complaint, "", name)
    equal(status, 0, name)
    equal(text:match("^[^\n]* batch"), "graph resnet8_tiny batch", name)
    contains(text, "\nforward\n")
    contains(text, "\ntensors\n")
  end
end)

test("--print and -o together", function()
  local text = castnet(tiny .. " --print build_graph -o both")
  contains(text, "graph resnet8_tiny")
  equal(is_there("both/base.h"), true, "base.h")
end)

test("--stop-after writes nothing", function()
  for _, name in ipairs(outputs.trainer.passes) do
    local text, complaint, status = castnet(tiny .. " -o stopped --stop-after " .. name)
    equal(text .. complaint, "", name)
    equal(status, 0, name)
    equal(is_there("stopped"), false, name)
  end
  local text = castnet(tiny .. " --stop-after fuse_ops --print plan_memory")
  equal(text, "", "no later pass runs")
end)

test("--print-name tells variants apart", function()
  for _, case in ipairs {
    { "", "resnet8_tiny" },
    { "--target native", "resnet8_tiny" },
    { "--target avx2", "resnet8_tiny-avx2" },
    { "--batch 32", "resnet8_tiny-b32" },
    { "--memory poison", "resnet8_tiny-poison" },
    { "--memory separate", "resnet8_tiny-separate" },
    { "--target portable --batch 4 --memory separate", "resnet8_tiny-portable-b4-separate" },
    { "--freeze bn1,layer1.0.conv1,conv1", "resnet8_tiny-freeze-conv1-bn1-layer1.0.conv1" },
    { "--freeze 'layer1.0.bn1, layer1, layer1'", "resnet8_tiny-freeze-layer1" },
    { "--freeze layer2.0.conv1,layer2.0.conv2,layer2.0.bn2", "resnet8_tiny-freeze-layer2.0.conv1+2-b3a41ea1" },
    { "--freeze layer2.0.conv1,layer2.0.conv2,layer2.0.bn1", "resnet8_tiny-freeze-layer2.0.conv1+2-8e941a24" },
    { "--freeze ''", "resnet8_tiny-unfrozen" },
    { "--freeze layer1 --batch 4 --memory poison", "resnet8_tiny-b4-poison-freeze-layer1" },
  } do
    local text, complaint = castnet(tiny .. " --print-name " .. case[1])
    equal(text, case[2] .. "\n", case[1])
    equal(complaint, "")
  end
end)

test("nothing is said when all is well, and the files are there", function()
  local text, complaint, status = castnet(tiny .. " -o made --target avx2")
  equal(text .. complaint, "")
  equal(status, 0)
  for _, name in ipairs { "base.h", "kernels.c", "forward.c", "backward.c", "resnet8_tiny.c", "flags.mk", "plan.txt" } do
    contains(files_in("made"), name)
  end
  equal(files_in("made"):find("%.part"), nil, "files written aside")
end)

test("the same input gives the same bytes, wherever it goes", function()
  castnet(tiny .. " -o one/first --target avx2")
  os.execute(string.format("cd %s && mkdir other && cp %s other/", quoted(folder), tiny))
  castnet("other/resnet8_tiny.lua --target=avx2 --output two")
  equal(output_of(string.format("cd %s && diff -r one/first two", quoted(folder))), "")
end)

test("a file that did not change is not written again", function()
  castnet(tiny .. " -o again --target avx2 --batch 4")
  output_of(string.format("cd %s/again && touch -d '2020-01-01' * */*", quoted(folder)))
  castnet(tiny .. " -o again --target avx2 --batch 4")
  equal(output_of(string.format("cd %s && find again -type f -newermt 2020-01-02", quoted(folder))), "")
  castnet(tiny .. " -o again --target avx2 --batch 8")
  contains(output_of(string.format("cd %s && find again -type f -newermt 2020-01-02", quoted(folder))), "again/base.h")
end)

test("a fault of the compiler is told as one, with a traceback", function()
  os.execute(string.format("cd %s && cp -r %s compiler && chmod -R u+w compiler", quoted(folder), quoted(root .. "/gen")))
  local file = assert(io.open(folder .. "/compiler/passes/fuse_ops.lua", "w"))
  file:write("return function(graph) return graph.batches.nothing.at_all end\n")
  file:close()
  local text, status = output_of(string.format("cd %s && compiler/castnet %s -o out 2>&1", quoted(folder), tiny))
  contains(text, "castnet: internal error: ")
  contains(text, "fuse_ops.lua:1: attempt to index a nil value (field 'nothing')\nstack traceback:\n")
  equal(status, 1)
  equal(is_there("out"), false, "out")
end)

-- CPU time of a child, since other work on the machine must not fail this test.
test("resnet18 is generated within a second", function()
  local spec = quoted(root .. "/gen/specs/resnet18.lua")
  local text = output_of(string.format("cd %s && %s %s -o quick --target avx2; times", quoted(folder),
    quoted(root .. "/gen/castnet"), spec))
  local minutes, seconds = text:match("\n(%d+)m([%d.]+)s")
  local total = 60 * tonumber(minutes) + tonumber(seconds)
  equal(total < 1, true, string.format("%.2f s", total))
end)

test("too little memory or too small a file: one line, and nothing half written", function()
  for _, limit in ipairs { "-v 4500", "-v 6000", "-v 9000", "-v 12000", "-v 14000", "-f 1", "-f 40" } do
    local text, status = output_of(string.format("cd %s && ulimit %s && %s %s -o bounded --target avx2 2>&1; echo $?",
      quoted(folder), limit, quoted(root .. "/gen/castnet"), quoted(root .. "/gen/specs/resnet18.lua")))
    equal(text:find("^castnet: [^\n]*\n1\n$") ~= nil or text == "0\n", true, limit .. ": " .. text)
    equal(status, 0)
    equal(is_there("bounded/plan.txt"), text == "0\n", "plan.txt")
    equal(output_of(string.format("find %s/bounded -name '*.part' 2>/dev/null", quoted(folder))), "", "files written aside")
    os.execute("rm -rf " .. quoted(folder .. "/bounded"))
  end
end)

-- 998 layers, as in "Deep residual learning" with n = 166: what is quadratic in the layers takes minutes here.
test("a network of a thousand layers is generated in seconds and in 500 MB", function()
  local file = assert(io.open(folder .. "/deep.lua", "w"))
  file:write([[
    local basic = net.block(function(x, out, stride)
      local short = x
      if stride ~= 1 then short = net.bn(net.conv(x, "down.0", { out = out, kernel = 1, stride = stride }), "down.1") end
      x = net.relu(net.bn(net.conv(x, "conv1", { out = out, kernel = 3, stride = stride, padding = 1 }), "bn1"))
      return net.relu(net.bn(net.conv(x, "conv2", { out = out, kernel = 3, padding = 1 }), "bn2") + short)
    end)
    return net.model {
      name = "deep", input = { batch = 128, height = 32, width = 32, channels = 3 },
      forward = function(image)
        local x = net.relu(net.bn(net.conv(image, "conv1", { out = 16, kernel = 3, padding = 1 }), "bn1"))
        for stage = 1, 3 do
          for i = 1, 166 do
            x = basic(x, "layer" .. stage .. "." .. i, 8 * 2 ^ stage, i == 1 and stage > 1 and 2 or 1)
          end
        end
        return net.linear(net.mean_pool(x), "fc", { out = 10 })
      end,
      loss = net.cross_entropy {}, train = { optimizer = net.sgd { lr = 0.1, momentum = 0.9 }, epochs = 1 },
    }]])
  file:close()
  -- Twice to three times what it takes, as a machine under load gives less of a processor's second.
  local _, status = output_of(string.format("cd %s && ulimit -t 30 && ulimit -v 500000 && %s deep.lua -o deep --target avx2 2>&1",
    quoted(folder), quoted(root .. "/gen/castnet")))
  equal(status, 0, "exit status")
  equal(is_there("deep/base.h"), true, "base.h")
end)

-- Runs castnet in a shell that has done `before` (through a pipe, which no limit of files holds for);
-- what it complains of.
local function castnet_after(before, arguments)
  return (output_of(string.format("cd %s && (%s; exec %s %s) 2>&1 >/dev/null | cat", quoted(folder), before,
    quoted(root .. "/gen/castnet"), arguments)))
end

test("what does not reach stdout is told, with status 1", function()
  for _, arguments in ipairs { "--help", "--version", "convert --help", tiny .. " --print-name",
    tiny .. " --print build_graph --stop-after build_graph" } do
    local text, complaint, status = castnet(arguments .. " >/dev/full")
    equal(text, "")
    equal(complaint, "castnet: cannot write to stdout: No space left on device\n", arguments)
    equal(status, 1, arguments)
  end
end)

test("a limit of a file's size is told, and nothing is left half written", function()
  local complaint = castnet_after("ulimit -f 1", tiny .. " -o limited")
  contains(complaint, "castnet: can't write limited/")
  contains(complaint, "File too large")
  equal(select(2, complaint:gsub("\n", "")), 1, "lines")
  equal(files_in("limited"), "")
end)

test("too small a stack, too few files or too little memory are told in one line", function()
  equal(castnet_after("ulimit -s 32", tiny .. " --print-name"),
    "castnet: the stack may not grow to 64 KiB; raise `ulimit -s`\n")
  equal(castnet_after("ulimit -n 15", tiny .. " --print-name"),
    "castnet: less than 16 files may be open; raise `ulimit -n`\n")
  equal(castnet_after("ulimit -n 16", tiny .. " -o few"), "")
  equal(castnet_after("ulimit -s 64", tiny .. " --print-name"), "")
  contains(castnet_after("ulimit -n 11", tiny .. " --print-name"), "Too many open files\n") -- of the shell
  local complaint = castnet_after("ulimit -v 6000", tiny .. " -o small")
  equal(select(2, complaint:gsub("\n", "")), 1, "lines of: " .. complaint)
end)

test("with no descriptor open, files are as they are otherwise", function()
  local _, _, status = castnet(tiny .. " -o open")
  equal(status, 0)
  _, _, status = castnet(tiny .. " -o closed <&- >&-")
  equal(status, 0)
  equal(output_of(string.format("cd %s && diff -r open closed", quoted(folder))), "")
end)

-- Twenty convolutions in a row, each of the kernel that the expression `kernel` of i gives.
local function generate_wide(kernel, kilobytes)
  local file = assert(io.open(folder .. "/wide.lua", "w"))
  file:write((([[
    return net.model {
      name = "wide", input = { batch = 2, height = 256, width = 256, channels = 3 },
      forward = function(x)
        for i = 1, 20 do x = net.conv(x, "c" .. i, { out = 4, kernel = KERNEL, padding = (KERNEL) // 2 }) end
        return net.linear(net.mean_pool(x), "fc", { out = 10 })
      end,
      loss = net.cross_entropy {}, train = { optimizer = net.adam {}, epochs = 1 },
    }]]):gsub("KERNEL", kernel)))
  file:close()
  local text, status = output_of(string.format("cd %s && ulimit -t 30 && ulimit -v %d && %s wide.lua -o wide --target avx2 2>&1",
    quoted(folder), kilobytes, quoted(root .. "/gen/castnet")))
  equal(status, 0, "exit status after " .. text)
  equal(is_there("wide/base.h"), true, "base.h")
end

-- 65,025 taps each, the same for all but the first: seconds where each convolution kept its own took minutes and 1.3 GB.
test("twenty convolutions of the largest kernels are generated in seconds and in 500 MB", function()
  generate_wide("255", 500000)
end)

-- Each has taps of its own, 100 MB of text in all; a table of them is written once for the three directions.
test("twenty convolutions of different large kernels are generated in seconds and in 500 MB", function()
  generate_wide("257 - 2 * i", 500000)
end)

test("a reader that has enough is no fault", function()
  local complaint = output_of(string.format("cd %s && { %s %s --print plan_memory --stop-after plan_memory | head -n 1; } 2>&1",
    quoted(folder), quoted(root .. "/gen/castnet"), quoted(root .. "/gen/specs/resnet18.lua")))
  contains(complaint, "graph resnet18 ")
  equal(select(2, complaint:gsub("\n", "")), 1, "lines")
end)

os.execute("rm -r " .. quoted(folder))

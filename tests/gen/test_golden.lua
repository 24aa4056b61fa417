-- What each pass does to the graph, and every generated file, for small specs: tests/golden. A change of the compiler
-- shows there as a diff; `make golden-update` rewrites it. A file a pass and a file a kernel, so that what one of them
-- does differently shows in one place.
local compile = require "compile"
local compiler = require "compiler"
local golden = require "golden"
local harness = require "harness"
local ops = require "ops"
local pass_names = require("passes").names
local print_graph = require "print"
local test, equal = harness.test, harness.equal

-- Each line: spec, options, whether its files are golden too, not only its passes: all, or those named, and templates of
-- kernels.
local specs = {
  { "gen/specs/resnet8_tiny.lua", { target = "avx2", batch = 4 }, true },
  { "gen/specs/resnet8_tiny.lua", { target = "avx2", batch = 1100 },
    { "bn_factors.c", "conv_winograd.c", "conv_winograd_grad_weight.c" } },
  { "gen/specs/resnet8_tiny.lua", { target = "avx512bf16", batch = 4, precision = "bf16" },
    { "kernels.h", "vectors.h", "bn_forward.c", "bn_backward.c", "conv_winograd.c", "conv_winograd_grad_weight.c", "conv_taps_forward.c",
      "conv_taps_grad_input.c" } },
  { "tests/specs/golden/every_op.lua", { target = "portable" }, true },
  { "tests/specs/golden/dead_taps.lua", { target = "avx2" } },
  { "tests/specs/golden/training_words.lua", { target = "portable" },
    { "update.c", "memory.h", "plan.txt", "training_words.c", "training_words_recipe.c" } },
  { "tests/specs/golden/optimizers.lua", { target = "portable" }, { "update.c", "memory.h", "plan.txt", "optimizers_recipe.c" } },
  { "tests/specs/golden/frozen.lua", { target = "portable" },
    { "forward.c", "backward.c", "kernels.h", "memory.h", "layers.txt", "plan.txt", "bn_evaluate_backward.c" } },
  { "tests/specs/ops/add_of_batch_norms.lua", { target = "avx2" } },
  { "gen/specs/resnet8_tiny.lua", { target = "avx2", batch = 4, as = "evaluator" },
    { "evaluate.c", "kernels.h", "layers.h", "memory.h", "resnet8_tiny.h", "plan.txt", "flags.mk" } },
  { "gen/specs/resnet8_tiny.lua", { target = "portable", batch = 4, as = "library" },
    { "library.c", "mathematics.h", "resnet8_tiny.h", "memory.h" } },
  { "gen/specs/resnet8_tiny.lua", { target = "portable", as = "inference" },
    { "evaluate.c", "kernels.c", "memory.h", "load.c", "resnet8_tiny.c", "resnet8_tiny.h", "plan.txt" } },
  { "tests/specs/ops/fixed_stores.lua", { target = "avx2", as = "inference" } },
}

local function is_wanted(file, wanted)
  for _, name in ipairs(type(wanted) == "table" and wanted or { file }) do
    if name == file then return true end
  end
  return false
end

-- The head of kernels.c, and { NAME.c, text } of each template of kernels, with all functions made of it.
local function split_kernels(graph, text)
  local files, starts = {}, {}
  for i, instance in ipairs(graph.instances) do starts[i] = text:find("/* " .. instance.name .. ": ", 1, true) end
  for i, instance in ipairs(graph.instances) do
    local name = instance.kernel.template:match("[^/]*$")
    local file = files[name]
    if not file then
      file = { name, "" }
      files[name] = file
      files[#files + 1] = file
    end
    file[2] = file[2] .. text:sub(starts[i], (starts[i + 1] or #text + 1) - 1)
  end
  return text:sub(1, starts[1] - 1), files
end

-- Lists {file, text} of files and of kernels.
local function generated(graph, wanted)
  local list, kernels = {}, {}
  for _, file in ipairs(compiler.files(graph, harness.root .. "/templates")) do
    local text, all = table.concat(file[2]), is_wanted(file[1], wanted)
    if file[1] == "kernels.c" then
      local head, parts = split_kernels(graph, text)
      text = head
      for _, part in ipairs(parts) do
        if all or is_wanted(part[1], wanted) then kernels[#kernels + 1] = part end
      end
    end
    if all then list[#list + 1] = { file[1]:match("[^/]*$"), text } end
  end
  return list, kernels
end

local ops_seen, passes_seen, kernels_seen = {}, {}, {}

for _, entry in ipairs(specs) do
  local path, options, with_files = table.unpack(entry)
  local passes, before = {}, ""
  local graph = compile(path, nil, options, function(graph, pass)
    local text = print_graph(graph)
    if text ~= before then passes_seen[pass] = true end
    passes[#passes + 1] = { pass .. ".txt", #passes == 0 and text or golden.changes(before, text) }
    before = text
  end)
  for _, node in ipairs(graph.record.nodes) do ops_seen[node.op] = true end
  local folder = graph.folder .. (options.as and "-" .. options.as or "")
  golden.check(folder .. "/passes", passes)
  if with_files then
    local files, kernels = generated(graph, with_files)
    for _, kernel in ipairs(kernels) do kernels_seen[kernel[1]] = true end
    golden.check(folder .. "/files", files)
    golden.check(folder .. "/kernels", kernels)
  end
end

test("every op, every pass that does something and every template of kernels is in a golden spec", function()
  for _, op in ipairs(ops.names) do equal(ops_seen[op], true, op) end
  for _, pass in ipairs(pass_names) do equal(passes_seen[pass], true, pass) end
  for _, path in ipairs(harness.files("templates/kernels", ".c")) do
    equal(kernels_seen[path:match("[^/]*$")], true, path)
  end
end)

test("a difference is told by its first line", function()
  local number, old, new = golden.difference("a\nb\nc\n", "a\nx\nc\n")
  equal(number, 2)
  equal(old, "b")
  equal(new, "x")
  number, old, new = golden.difference("a\n", "a\nb\n")
  equal(number, 2)
  equal(old, "")
  equal(new, "b")
  number, old, new = golden.difference("a\nb", "a")
  equal(number, 2)
  equal(old, "b")
  equal(new, "(end of file)")
end)

test("what a pass did is told by what it changed alone", function()
  local before = "forward\n  out=a [2] = conv(x=i) {kernel 3}\n  out=b [2] = relu(x=a)\ntensors\n  activation a [2]\n"
  local after = "forward\n  out=a [2] = conv(x=i) {kernel 3, 9 taps}\n  out=c [2] = add(x=a)\ntensors\n  activation a [2] at 64\n"
  equal(golden.changes(before, after), table.concat({
    "~   out=a: + , 9 taps", "-   out=b [2] = relu(x=a)", "+   out=c [2] = add(x=a)", "~   activation a: +  at 64", "",
  }, "\n"))
  equal(golden.changes(after, after), "\n")
end)

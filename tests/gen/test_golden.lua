-- The graph after every pass, and every generated file, for small specs: tests/golden.
-- A change of the compiler shows there as a diff; `make golden-update` rewrites it.
local compile = require "compile"
local compiler = require "compiler"
local golden = require "golden"
local harness = require "harness"
local print_graph = require "print"
local test, equal = harness.test, harness.equal

-- Each line: spec, options, whether its files are golden too, not only its passes: all, or those named.
local specs = {
  { "gen/specs/resnet8_tiny.lua", { target = "avx2", batch = 4 }, true },
  { "tests/specs/golden/every_op.lua", { target = "portable" }, true },
  { "tests/specs/golden/dead_taps.lua", { target = "avx2" } },
  { "tests/specs/golden/training_words.lua", { target = "portable" }, { "update.c", "layers.h", "plan.txt", "training_words.c" } },
  { "tests/specs/golden/frozen.lua", { target = "portable" },
    { "forward.c", "backward.c", "kernels.h", "memory.h", "layers.txt", "plan.txt" } },
  { "tests/specs/ops/add_of_batch_norms.lua", { target = "avx2" } },
  { "gen/specs/resnet8_tiny.lua", { target = "avx2", batch = 4, as = "evaluator" },
    { "evaluate.c", "kernels.h", "layers.h", "memory.h", "model.h", "plan.txt", "flags.mk" } },
}

local function is_wanted(file, wanted)
  for _, name in ipairs(type(wanted) == "table" and wanted or { file }) do
    if name == file then return true end
  end
  return false
end

local function generated(graph, wanted)
  local list = {}
  for _, file in ipairs(compiler.files(graph, harness.root .. "/templates")) do
    if is_wanted(file[1], wanted) then list[#list + 1] = file end
  end
  return list
end

local ops_seen = {}

for _, entry in ipairs(specs) do
  local path, options, with_files = table.unpack(entry)
  local passes = {}
  local graph = compile(path, nil, options, function(graph, pass)
    passes[#passes + 1] = { string.format("%d_%s.txt", #passes + 1, pass), print_graph(graph) }
  end)
  for _, node in ipairs(graph.record.nodes) do ops_seen[node.op] = true end
  local folder = graph.folder .. (options.as and "-" .. options.as or "")
  golden.check(folder .. "/passes", passes)
  if with_files then golden.check(folder .. "/files", generated(graph, with_files)) end
end

test("every op is in a golden spec", function()
  for _, path in ipairs(harness.files("gen/ops", ".lua")) do
    local op = path:match("([^/]*)%.lua$")
    if op ~= "init" then equal(ops_seen[op], true, op) end
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

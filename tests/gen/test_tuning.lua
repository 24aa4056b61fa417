-- Files of choices: what make tune times and writes, what --tuning takes of them, and what it refuses.
local compile = require "compile"
local harness = require "harness"
local tune = require "tune"
local tuning = require "tuning"
local version = require "version"
local test, equal, same_list = harness.test, harness.equal, harness.same_list

local tiny = "gen/specs/resnet8_tiny.lua"
local path = os.tmpname()

local function write(text)
  local file = assert(io.open(path, "wb"))
  file:write(text)
  file:close()
  return path
end

local function candidates(spec, options) return tune.candidates(compile(spec or tiny, "load_norms", options)) end
local texts = candidates()

-- The graph with that file's choices.
local function with(text, options, last)
  options = options or {}
  options.tuning = write(text)
  return compile(tiny, last or "choose_kernels", options)
end

-- What each node does by, as a file has it.
local function chosen(graph)
  local seen, list = {}, {}
  for _, node in ipairs(graph.nodes) do
    local name = node.instance and node.instance.name
    if name and not seen[name] then seen[name], list[#list + 1] = true, name end
  end
  return list
end

-- Of a text's lines, those of choices, as names of C functions.
local function names_of(text)
  local list = {}
  for key, algorithm in text:gmatch "\n(conv%S+) (%S+)" do
    local shape, direction = key:match "^(.-)_(forward)$"
    if not shape then shape, direction = key:match "^(.-)_(grad_%w+)$" end
    list[#list + 1] = shape .. "_" .. algorithm .. "_" .. direction
  end
  return list
end

local function has_all(list, wanted)
  local there = {}
  for _, name in ipairs(list) do there[name] = true end
  for _, name in ipairs(wanted) do
    if not there[name] then harness.fail("no %s among %s", name, table.concat(list, " ")) end
  end
end

test("candidates together have each algorithm of each shape, the first what costs choose", function()
  local seen = {}
  for _, text in ipairs(texts) do
    for line in text:gmatch "\n([^\n]*)" do seen[line] = true end
  end
  for _, group in ipairs(tuning.groups(compile(tiny, "load_norms"))) do
    for _, algorithm in ipairs(group.algorithms) do equal(seen[group.key .. " " .. algorithm], true, group.key .. " " .. algorithm) end
  end
  same_list(chosen(with(texts[1])), chosen(compile(tiny, "choose_kernels")))
end)

test("each file's choices are what runs, forward, backward and in evaluation", function()
  for _, text in ipairs(texts) do has_all(chosen(with(text)), names_of(text)) end
  local evaluator = chosen(with(texts[2], { as = "evaluator" }))
  for _, name in ipairs(names_of(texts[2])) do
    if name:find "_forward$" then has_all(evaluator, { name }) end
  end
end)

test("options and folder have a digest of the choices, whoever wrote them down", function()
  local first, second = with(texts[1]), with(texts[2])
  local digest = second.tuning.digest
  equal(second.options, "--target avx2 --batch 128 --tuning " .. digest)
  equal(second.folder, "resnet8_tiny-avx2-tuning-" .. digest)
  equal(first.tuning.digest == digest, false, "whether both have one digest")
  equal(with((texts[2]:gsub("^#[^\n]*\n", "# one line\n# another\n"))).tuning.digest, digest)
  equal(with(texts[2], { as = "evaluator" }).options, "--as evaluator " .. second.options)
end)

test("products of another precision are algorithms to choose, too", function()
  local options = { precision = "bf16" }
  local list = candidates(tiny, options)
  local seen = table.concat(list)
  equal(seen:find("\nconv3x3_16c16_16c16_forward f2_bf16\n", 1, true) ~= nil, true, "whether f2_bf16 is a candidate")
  equal(seen:find("\nconv3x3_16c16_16c16_forward taps\n", 1, true) ~= nil, true, "whether taps are one")
  for _, text in ipairs(list) do has_all(chosen(with(text, { precision = "bf16" })), names_of(text)) end
end)

test("a file of a network with frozen layers is for that one", function()
  local options = { freeze = { "conv1" } }
  local text = candidates(tiny, options)[1]
  equal(text:match "\noptions ([^\n]*)", "--target avx2 --batch 128 --freeze conv1")
  with(text, options, "plan_memory")
end)

-- What is said of that text, FILE for its path.
local function said(text, options)
  local ok, message = pcall(with, text, options)
  if ok then harness.fail("it is taken: %s", text) end
  return (tostring(message):gsub(path:gsub("%p", "%%%0"), "FILE"))
end

local function refuses(text, message, options) equal(said(text, options), "castnet: " .. message) end

local again = "; make tune makes one that fits"
local head = "# of a test\ncastnet " .. version .. "\noptions --target avx2 --batch 128\n"

test("a file of another castnet, target, batch or other options is refused", function()
  refuses(texts[1]:gsub("\ncastnet %S*", "\ncastnet 0.0.9"),
    "FILE:2: was made by castnet 0.0.9, and this is castnet " .. version .. again)
  local function differs(options, as)
    refuses(texts[1], "FILE:3: was made for --target avx2 --batch 128, and this is for " .. as .. again, options)
  end
  differs({ target = "avx512" }, "--target avx512 --batch 128")
  differs({ batch = 32 }, "--target avx2 --batch 32")
  differs({ exact = true }, "--target avx2 --batch 128 --exact")
  differs({ blas = true }, "--target avx2 --batch 128 --blas")
  differs({ precision = "bf16" }, "--target avx2 --batch 128 --precision bf16")
  differs({ freeze = { "conv1" } }, "--target avx2 --batch 128 --freeze conv1")
  equal(said(texts[1], { as = "inference" }),
    "--tuning: make tune times what trains, and the output inference has other algorithms; leave one of the two out")
end)

test("a file of another network, or of one before it changed, is refused", function()
  refuses(head, "FILE: has no line for bn_relu_16c16_forward, which this network has" .. again)
  refuses(texts[1]:gsub("conv3x3_32c3_32c8_forward [^\n]*\n", ""),
    "FILE: has no line for conv3x3_32c3_32c8_forward, which this network has" .. again)
  refuses(texts[1] .. "conv9x9_forward f4\n", 'FILE:25: this network has nothing to choose for "conv9x9_forward"' .. again)
  refuses(texts[1]:gsub("(conv3x3_32c3_32c8_forward) [^\n]*", "%1 f4"),
    'FILE:11: conv3x3_32c3_32c8_forward is done by lowered or taps here, not by "f4"' .. again)
end)

test("what is no file of choices is refused", function()
  refuses("", "FILE: has no line `castnet VERSION`" .. again)
  refuses("castnet 0.1.0\n", "FILE: has no line `options --target ...`" .. again)
  refuses("\n", 'FILE:1: this line must be `castnet VERSION`, not ""' .. again)
  refuses("# x\ncastnet one\n", 'FILE:2: this line must be `castnet VERSION`, not "castnet one"' .. again)
  refuses("castnet 0.1.0\noptions avx2\n", 'FILE:2: this line must be `options --target ...`, not "options avx2"' .. again)
  local line = ' is not a shape and an algorithm with a blank between them' .. again
  for _, wrong in ipairs { "conv", "conv  f4", "conv f4 ", " conv f4", "conv f4 f2", "conv/x f4", "conv f-4" } do
    refuses(head .. wrong .. "\n", string.format('FILE:4: "%s"%s', wrong, line))
  end
  refuses(head .. "conv f4\r\n", 'FILE:4: "conv f4 "' .. line)
  refuses(head .. "\27[31mconv f4\0\n", 'FILE:4: " [31mconv f4 "' .. line)
  refuses(head .. "b f4\na f4\n", 'FILE:5: "a" belongs further up: lines are sorted' .. again)
  refuses(head .. "a f4\na f2\n", 'FILE:5: "a" has a line already' .. again)
  refuses(texts[1]:sub(1, -2), "FILE:24: the file ends within this line" .. again)
  refuses(head .. "#" .. ("x"):rep(3000) .. "\n", "FILE:4: this line is longer than 2000 bytes" .. again)
  refuses(("#\n"):rep(1 << 20), "FILE: can't read it: larger than 1024 KiB; make tune writes such a file")
  os.remove(path)
  local ok, message = pcall(tuning.read, path)
  equal(ok, false)
  equal(message, "castnet: " .. path .. ": can't read it: No such file or directory; make tune writes such a file")
end)

-- Times of every algorithm of the network, of(key, place in the order of costs) each, and what follows from them.
local function choose(of)
  local graph, lines = compile(tiny, "load_norms"), { "machine A processor, threads 2", "step 0.1" }
  for turn = 0, 2 do
    for i = 1, #texts do
      lines[#lines + 1] = "candidate " .. i
      for _, group in ipairs(tuning.groups(graph)) do
        local place = #group.loaders > 0 and (i == #texts and 2 or 1) or i < #texts and group.algorithms[i] and i or 1
        local seconds = of(group.key, place, i == #texts) * (turn == 0 and 9 or 1)
        lines[#lines + 1] = string.format("%s %s %.6f", group.key, group.algorithms[place], seconds)
      end
    end
  end
  return tune.choose(graph, write(table.concat(lines, "\n") .. "\n"))
end

test("the fastest by medians is chosen, but what costs choose where it is about as fast", function()
  local text, report = choose(function(_, i) return i == 1 and 0.01 or 0.0098 end)
  equal(text:match "\ncastnet.*", texts[1]:match "\ncastnet.*")
  equal(text:match "[^\n]*", "# Algorithms of resnet8_tiny that were fastest on A processor, threads 2 (make tune).")
  equal(report, "0 of 21 choices are not what costs choose: 0.00 ms of the 100.00 that a step's kernels take, 0.0 %\n")
  text, report = choose(function(key, i) return key == "conv3x3_32c3_32c8_forward" and i == 2 and 0.008 or 0.01 end)
  equal(text:match "\ncastnet.*", (texts[1]:match("\ncastnet.*"):gsub("(conv3x3_32c3_32c8_forward) lowered", "%1 taps")))
  equal(report, "  conv3x3_32c3_32c8_forward                      lowered   10.000 ms -> taps         8.000 ms\n"
    .. "1 of 21 choices are not what costs choose: 2.00 ms of the 100.00 that a step's kernels take, 2.0 %\n")
  equal(choose(function(key, i) return key == "conv3x3_32c3_32c8_forward" and i == 2 and 0.008 or 0.01 end), text)
  has_all(chosen(with(text)), names_of(text))
end)

-- Of a choice of texts[1], the line with another algorithm.
local function changed(key, algorithm) return (texts[1]:gsub("\n" .. key .. " %S+", "\n" .. key .. " " .. algorithm)) end

test("every candidate can be made, where some batch norms of a shape could be applied on load and others not, too", function()
  for _, spec in ipairs { "gen/specs/resnet18_cifar.lua", "tests/specs/ops/bn_on_load.lua" } do
    for _, target in ipairs { "portable", "avx512bf16" } do
      local options = { target = target, precision = target == "avx512bf16" and "bf16_4x4" or nil, batch = 128 }
      for _, text in ipairs(candidates(spec, options)) do
        options.tuning = write(text)
        compile(spec, "choose_kernels", options)
      end
      options.tuning = nil
    end
  end
end)

-- What follows for the norm and its reader where other algorithms of the reader take so much less time than the first; of(i): of the
-- norm, made and on load.
local function settled(norm, reader, seconds)
  local text, report = choose(function(key, i)
    if key == norm then return i == 1 and 0.003 or 0.0005 end
    return key == reader and i == 2 and seconds or 0.01
  end)
  return text:match("\n" .. norm .. " (%S+)"), text:match("\n" .. reader .. " (%S+)"), report:match "(%d+) of"
end

test("a batch norm is applied on load where that and its readers take less time together, and they can", function()
  local norm, reader = "bn_relu_16c16_forward", "conv3x3_16c16_16c16_forward"
  local last = texts[#texts]
  equal(last, changed(norm, "on_load"):gsub("(bn_relu_%w+_forward) plain", "%1 on_load"))
  has_all(chosen(with(last)), { "bn_relu_16c16_on_load_forward" })
  local function text(seconds_of_readers)
    return (choose(function(key, i, is_last)
      if key == norm then return i == 2 and 0 or 0.001 end
      return is_last and key == reader and seconds_of_readers or 0.01
    end))
  end
  equal(text(0.0101):match("\n" .. norm .. " (%S+)"), "on_load")
  equal(text(0.0112):match("\n" .. norm .. " (%S+)"), "plain")
  local first = texts[1]:match("\n" .. reader .. " (%S+)")
  for _, seconds in ipairs { 0.009, 0.007 } do
    local of_norm, of_reader, count = settled(norm, reader, seconds)
    equal(of_norm, seconds == 0.007 and "plain" or "on_load")
    equal(of_reader == first, seconds ~= 0.007)
    equal(count, "1")
  end
  local taps = changed(norm, "on_load"):gsub("(" .. reader .. ") %S+", "%1 taps")
  refuses(taps, "FILE:4: bn_relu_16c16_forward is not done on_load where the algorithms of what reads it can't" .. again)
end)

test("without a time there is no choice", function()
  local ok, message = pcall(tune.choose, compile(tiny, "load_norms"), write "conv3x3_32c3_32c8_forward taps nan\n")
  equal(ok, false)
  equal(message, "castnet: " .. path .. ": no time of bn_relu_16c16_forward by plain; run make tune again")
end)

os.remove(path)

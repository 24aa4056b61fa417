-- The command line: castnet SPEC -o DIR [options], or castnet convert IN OUT. Run by gen/castnet.
local here = arg[0]:match("^(.*)/[^/]*$") or "."
package.path = here .. "/?.lua;" .. here .. "/?/init.lua;" .. package.path

local found, argparse = pcall(require, "argparse")
if not found then
  io.stderr:write("castnet: argparse not found; install lua-argparse\n")
  os.exit(1)
end

local no_memory = "castnet: the model takes more memory than castnet may; make it smaller"
local modules = {}
local loaded, problem = pcall(function()
  for _, name in ipairs { "additions", "compiler", "emit.files", "emit.form", "names", "outputs", "passes", "sandbox", "say", "targets",
    "tune", "version" } do
    modules[name] = require(name)
  end
end)
if not loaded then
  io.stderr:write(tostring(problem):find("not enough memory", 1, true) and no_memory or tostring(problem), "\n")
  os.exit(1)
end
local compiler, outputs, passes, sandbox = modules.compiler, modules.outputs, modules.passes, modules.sandbox
local form, check_prefix, say = modules["emit.form"], modules.names.check_prefix, modules.say
local targets, version = modules.targets, modules.version

-- argparse prints its help with it.
_G.print = function(text) say(text .. "\n") end

local function positive(text)
  local number = math.tointeger(tonumber(text))
  if not number or number < 1 or number > 65536 then return nil, "'" .. text .. "' is not a whole number from 1 to 65536" end
  return number
end

-- What --with adds is known before options are read, as it may be one that they name.
local function load_additions()
  for i, word in ipairs(arg) do
    local path = word:match("^%-%-with=(.*)$") or word == "--with" and arg[i + 1]
    if path then modules.additions.load(path) end
  end
end

local function names(text)
  local list = {}
  for name in text:gmatch("[^%s,]+") do list[#list + 1] = name end
  return list
end

local function parse()
  local parser = argparse("castnet", "Compiles the spec of a network to C that trains it.")
    :epilog("Passes: " .. table.concat(passes.names, ", ") .. ".\n\nWeights: castnet convert [--key NAME] IN OUT turns a"
      .. " PyTorch .pth into .safetensors or back; castnet convert --help says more."
      .. " castnet export SPEC --weights FILE --onnx FILE writes a trained network as ONNX.\n\nImages: castnet records FOLDER -o DIR"
      .. " makes files of records of the python version of CIFAR.")
  parser:argument("spec", "The spec, a Lua file.")
  parser:option("-o --output", "Folder for the C files; made if it is not there."):argname("DIR")
  parser:option("--as", "What to make of it: trainer; evaluator, which has the evaluation program alone; library, a trainer for"
    .. " programs of your own; or inference, with batch norms folded into weights of their own. The last two ask for no C library"
    .. " but memcpy and memset.")
    :choices(outputs.names):default("trainer")
  parser:option("--target", "Instructions to use."):choices(targets.names):default("native")
  parser:flag("--blas", "Matrix products by OpenBLAS in place of castnet's own, to compare; not for portable.")
  parser:flag("--exact", "Direct convolutions alone: none by the algorithms of fewer products, whose sums round otherwise.")
  parser:option("--precision", "Of 3x3 and 1x1 convolutions' products and of what layers make, in place of the spec's.")
    :choices(targets.precisions)
  parser:option("--batch", "Images a step, in place of the spec's."):argname("N"):convert(positive)
  parser:option("--tuning", "Do each shape by the algorithm that this file of make tune names."):argname("FILE")
  parser:option("--freeze", "Layers and parameters that stay as they are, in place of the spec's: names with commas between them; a name"
    .. " stands for all layers that begin with it and a dot, too. Nothing: none."):argname("NAMES"):convert(names)
  parser:option("--prefix", "What the names begin with that other code sees: functions, types, headers; in place of the"
    .. " model's name."):argname("NAME"):convert(check_prefix)
  parser:option("--print", "Print the graph after a pass."):argname("PASS"):choices(passes.names)
  parser:option("--stop-after", "Run no pass after this one; writes no file."):argname("PASS"):choices(passes.names)
  parser:option("--memory", "How tensors lie: as planned; poison: the same, each tensor filled with NaN"
    .. " after its last use; separate: each by itself, with a line behind it that -fsanitize=address guards.")
    :choices { "plan", "poison", "separate" }:default("plan")
  parser:option("--form", "In which files: files, as they are named here; bundle, for other people's folders, names with the"
    .. " prefix, README and Makefile with them; two: the same, all C in one file with the header beside it.")
    :choices(form.names):default("files")
  parser:option("--with", "Adds the words, ops, kernels, machines, outputs and passes of a Lua file; may be said again. Such"
    .. " a file is run as part of castnet, unfenced, so let it be yours or one you trust."):argname("FILE.lua"):count "*"
  parser:flag("--candidates", "Write into DIR files for --tuning that together try every algorithm, 1.txt first, which is what castnet"
    .. " chooses by itself; make tune times them.")
  parser:option("--choose", "Write into DIR the file for --tuning that follows from the times which make tune took of those, tuning.txt,"
    .. " and say what it changes."):argname("TIMES")
  parser:flag("--print-name", "Print the name of the model's folder under build/ and stop.")
  parser:flag("--version", "Print the version."):action(function()
    print("castnet " .. version)
    os.exit(0)
  end)
  local ok, result = parser:pparse()
  if not ok then
    local text, guessed = result:gsub("\nDid", "; did")
    error("castnet: " .. text .. (guessed == 0 and "; castnet --help lists the options" or ""), 0)
  end
  return result
end

local spec_path -- as messages show it, once it is known

local function is_of_addition(fault)
  for _, beginning in ipairs(modules.additions.files) do
    if fault:sub(1, #beginning) == beginning then return true end
  end
  return false
end

-- Faults of the compiler itself get a traceback; what is wrong with spec, options or a file of --with is one line, which
-- begins with the spec's line or with the name of this command.
local function explain(fault)
  fault = tostring(fault)
  local short = fault:gsub("internal error: ", "", 1) -- of fields.lua: what follows says it
  if is_of_addition(fault) then return "castnet: --with " .. short end
  local of_spec = spec_path and fault:sub(1, #spec_path + 1) == spec_path .. ":"
  if not of_spec and fault:find("^[^:\n]*%.lua:%d+: ") then
    return debug.traceback("castnet: internal error: " .. short, 2)
  end
  local has_place = fault:find("^castnet: ") or fault:find("^[^:\n]*:%d+: ")
  return has_place and fault or "castnet: " .. fault
end

-- What make tune asks for, in place of C.
local function tune(graph, arguments)
  compiler.run_passes(graph, { stop_after = "load_norms" })
  local list, text, report = {}
  if arguments.choose then
    text, report = modules.tune.choose(graph, arguments.choose)
    list[1] = { "tuning.txt", { text } }
  else
    for i, candidate in ipairs(modules.tune.candidates(graph)) do list[i] = { i .. ".txt", { candidate } } end
  end
  modules["emit.files"].write_all(arguments.output, list)
  if report then say(report) end
end

local function main()
  if arg[1] == "convert" or arg[1] == "export" then
    return require(arg[1]).main(argparse, table.move(arg, 2, #arg, 1, {}), function(path) spec_path = sandbox.one_line(path) end)
  end
  if arg[1] == "records" then return require("convert.cifar").main(argparse, table.move(arg, 2, #arg, 1, {})) end
  load_additions()
  local arguments = parse()
  spec_path = sandbox.one_line(arguments.spec)
  local graph = compiler.start(arguments)
  if arguments.print_name then
    print(graph.folder)
    return
  end
  local writes = arguments.candidates or arguments.choose or not arguments.print and not arguments.stop_after
  if writes and not arguments.output then
    error("castnet: nowhere to write; give -o DIR", 0)
  end
  if arguments.candidates or arguments.choose then return tune(graph, arguments) end
  compiler.run_passes(graph, arguments)
  if arguments.output and not arguments.stop_after then
    compiler.write(graph, arguments.output, here .. "/../templates")
  end
end

local ok, message = xpcall(main, explain)
if not ok then
  -- For this alone Lua asks no handler.
  if message == "not enough memory" then message = no_memory end
  io.stderr:write(message, "\n")
  os.exit(1)
end

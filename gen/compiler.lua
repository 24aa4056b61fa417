-- From a spec to files: record, graph, passes, emission.
local check = require "check"
local crc32 = require "crc32"
local emit = require "emit"
local files = require "emit.files"
local graph_module = require "graph"
local outputs = require "outputs"
local passes = require "passes"
local print_graph = require "print"
local say = require "say"
local spec = require "spec"
local targets = require "targets"
local tuning = require "tuning"

local compiler = {}

-- Names joined by -, which none has in it; a long list is its first name, how many more, and a checksum.
local function freeze_text(names)
  local text = table.concat(names, "-")
  if #text <= 40 then return text end
  return string.format("%s+%d-%08x", names[1]:sub(1, 24), #names - 1, crc32(text, 0))
end

-- NAME, NAME-avx2, NAME-blas, NAME-exact, NAME-bf16, NAME-b32, NAME-tuning-DIGEST, NAME-poison, NAME-freeze-conv1-layer1: variants
-- never share a folder.
local function folder_name(record, arguments, chosen)
  local name = record.name
  if arguments.target ~= "native" then name = name .. "-" .. arguments.target end
  if arguments.blas then name = name .. "-blas" end
  if arguments.exact then name = name .. "-exact" end
  if arguments.precision then name = name .. "-" .. arguments.precision end
  if arguments.batch then name = name .. "-b" .. arguments.batch end
  if chosen then name = name .. "-tuning-" .. chosen.digest end
  if arguments.memory ~= "plan" then name = name .. "-" .. arguments.memory end
  if arguments.prefix then name = name .. "-prefix-" .. arguments.prefix end
  for _, path in ipairs(arguments.with or {}) do name = name .. "-with-" .. path:match("([^/]*)%.lua$") end
  if arguments.freeze then
    name = name .. (#record.freeze > 0 and "-freeze-" .. freeze_text(record.freeze) or "-unfrozen")
  end
  return name
end

local function prefix_of(record, arguments) return arguments.prefix or (record.name:gsub("%.", "_")) end

-- As options: target and batch, and what `products` has of blas, exact and precision.
local function settings(record, target, products)
  local text = string.format("--target %s --batch %d", target.name, record.input.batch)
  if products.blas then text = text .. " --blas" end
  if products.exact then text = text .. " --exact" end
  if products.precision then text = text .. " --precision " .. products.precision end
  return text
end

-- What decides which algorithms there are, and how long each takes, as options: files of choices are made for it.
local function conditions_of(record, target)
  local precision = target.precision ~= "float32" and target.precision or nil
  local text = settings(record, target, { blas = target.blas, exact = target.exact, precision = precision })
  if #record.freeze > 0 then text = text .. " --freeze " .. table.concat(record.freeze, ",") end
  return text
end

-- The file of choices that --tuning names, if it fits.
local function read_choices(arguments, output, conditions)
  if not arguments.tuning then return nil end
  if output.weights == "apart" then
    error(string.format("--tuning: make tune times what trains, and the output %s has other algorithms; leave one of the two out",
      output.name), 0)
  end
  local chosen = tuning.read(arguments.tuning)
  tuning.check_head(chosen, conditions)
  return chosen
end

-- Of products; what only infers multiplies floats.
local function precision_of(record, arguments, output)
  local precision = arguments.precision or record.precision
  if output.weights ~= "apart" then return precision end
  if arguments.precision and precision ~= "float32" then
    error(string.format("--precision: the output %s multiplies floats; leave one of the two out", output.name), 0)
  end
  return "float32"
end

-- What products are made of, and how: the target of the command line with what it and the spec say.
local function target_of(record, arguments, output)
  local precision = precision_of(record, arguments, output)
  local is_narrow = precision ~= "float32"
  local target = targets.resolve(arguments.target, is_narrow)
  if arguments.blas then target = targets.with_blas(target) end
  if arguments.exact or record.exact then target = targets.exactly(target) end
  if is_narrow then target = targets.with_precision(target, precision) end
  return target
end

-- What the result tells it was made with.
local function options_of(record, arguments, target, output, chosen)
  local options = settings(record, target, arguments)
  if chosen then options = options .. " --tuning " .. chosen.digest end
  if not output.trains then options = "--as " .. output.name .. " " .. options end
  if arguments.memory ~= "plan" then options = options .. " --memory " .. arguments.memory end
  if arguments.prefix then options = options .. " --prefix " .. arguments.prefix end
  for _, path in ipairs(arguments.with or {}) do options = options .. " --with " .. path:match("[^/]*$") end
  if #record.freeze > 0 then options = options .. " --freeze " .. table.concat(record.freeze, ",") end
  return options
end

-- The graph of a record before any pass.
function compiler.start_record(record, arguments)
  local output = outputs[arguments.as or "trainer"]
  local target = target_of(record, arguments, output)
  if output.weights == "apart" and target.blas then
    error(string.format("--blas: the output %s has weights in panels, which no BLAS reads; leave one of the two out", output.name), 0)
  end
  local conditions = conditions_of(record, target)
  local chosen = read_choices(arguments, output, conditions)
  if chosen then target = targets.choosing(target, chosen.by_key) end
  return graph_module.new {
    name = record.name, prefix = prefix_of(record, arguments), output = output, record = record, batch = record.input.batch,
    target = target, tuning = chosen, conditions = conditions, memory = arguments.memory, form = arguments.form or "files",
    freeze = record.freeze, options = options_of(record, arguments, target, output, chosen),
    folder = folder_name(record, arguments, chosen),
  }
end

-- The graph of the spec arguments.spec before any pass.
function compiler.start(arguments)
  local output = outputs[arguments.as or "trainer"]
  local record = spec.load(arguments.spec, {
    batch = arguments.batch or output.batch, freeze = arguments.freeze, infers = output.weights == "apart",
  })
  return compiler.start_record(record, arguments)
end

-- Runs the passes, the checks after each, and prints the graph where asked to.
function compiler.run_passes(graph, arguments)
  for _, name in ipairs(graph.output.passes) do
    passes[name](graph)
    check.run(graph, name)
    if arguments.print == name then say(print_graph(graph)) end
    if arguments.stop_after == name then return end
  end
end

-- The graph of a spec's network after that pass of the output inference, for one who wants its nodes and parameters and no C.
function compiler.network(path, pass)
  local arguments = { spec = path, target = "portable", memory = "plan", as = "inference", stop_after = pass }
  local graph = compiler.start(arguments)
  compiler.run_passes(graph, arguments)
  return graph
end

-- The same network with nothing frozen, for the plan to tell what freezing saves.
local function unfrozen(graph)
  local twin = graph_module.new {
    name = graph.name, prefix = graph.prefix, output = graph.output, record = graph.record, batch = graph.batch,
    target = graph.target, memory = graph.memory, form = graph.form, freeze = {},
  }
  compiler.run_passes(twin, {})
  return twin
end

-- What the graph becomes after its last pass, {name, pieces of its text} ...
function compiler.files(graph, templates)
  if #graph.freeze > 0 and graph.output.trains then graph.unfrozen = unfrozen(graph) end
  return emit.files(graph, templates)
end

-- The same in `folder`; each file is written aside and renamed, and only when it changed.
function compiler.write(graph, folder, templates)
  files.write_all(folder, compiler.files(graph, templates))
end

return compiler

-- From a spec to files: record, graph, passes, emission.
local check = require "check"
local emit = require "emit"
local graph_module = require "graph"
local passes = require "passes"
local print_graph = require "print"
local spec = require "spec"
local targets = require "targets"

local compiler = {}

-- NAME, NAME-avx2, NAME-b32, NAME-poison: variants never share a folder.
local function folder_name(record, arguments)
  local name = record.name
  if arguments.target ~= "native" then name = name .. "-" .. arguments.target end
  if arguments.batch then name = name .. "-b" .. arguments.batch end
  if arguments.memory ~= "plan" then name = name .. "-" .. arguments.memory end
  return name
end

-- The graph of a spec before any pass.
function compiler.start(arguments)
  local record = spec.load(arguments.spec, { batch = arguments.batch })
  local target = targets.resolve(arguments.target)
  local options = string.format("--target %s --batch %d", target.name, record.input.batch)
  if arguments.memory ~= "plan" then options = options .. " --memory " .. arguments.memory end
  return graph_module.new {
    name = record.name, record = record, batch = record.input.batch, target = target, memory = arguments.memory,
    options = options, folder = folder_name(record, arguments),
  }
end

-- Runs the passes, the checks after each, and prints the graph where asked to.
function compiler.run_passes(graph, arguments)
  for _, pass in ipairs(passes) do
    pass.run(graph)
    check.run(graph, pass.name)
    if arguments.print == pass.name then io.write(print_graph(graph)) end
    if arguments.stop_after == pass.name then return end
  end
end

function compiler.write(graph, folder, templates)
  emit.write(graph, folder, templates)
end

return compiler

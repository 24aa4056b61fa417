-- What a bundle says of itself: its README and its Makefile.
local form = require "emit.form"

local bundle = {}

local kinds = { inference = "a network that infers", library = "a network that trains and infers" }
local programs = { inference = { "_example", "_pack" }, library = { "_example" } }

-- The C files that a project of someone's takes, by form.
local function sources(graph)
  local list = {}
  for _, file in ipairs(graph.output.files) do
    local path = file[1]:gsub("PREFIX", graph.prefix)
    if path:find("%.c$") and (graph.form ~= "two" or path == graph.prefix .. ".c") then
      list[#list + 1] = form.named(path, graph.prefix)
    end
  end
  return list
end

local function joined(list, text_of)
  local out = {}
  for i, entry in ipairs(list) do out[i] = text_of(entry) end
  return table.concat(out, " ")
end

-- Of a call: what kernels take, by measure (tests/workshop/bundle.sh), and where each tensor of a file lies.
local function stack_bytes(graph) return 8192 + 8 * #graph.parameters end

-- { name, value } of a table.
local function rows(graph)
  local list = {}
  local function add(name, bytes, note) list[#list + 1] = { name = name, value = string.format("%d bytes%s", bytes, note or "") } end
  if graph.output.weights == "apart" then
    add("memory that changes", graph.plan.total, ": context, activations, scratch")
    add("weights, only read", graph.plan.weights)
  elseif graph.output.state ~= "apart" then
    add("memory of the network", graph.plan.total, ": weights, gradients, optimiser, activations, scratch")
  else
    local state = graph.plan.state
    add("memory", graph.plan.total, ", in one piece or two")
    add("of it state", state, ": context, weights, optimiser; stays from step to step")
    add("of it work", graph.plan.total - state, ": gradients, activations, scratch")
  end
  if graph.output.math == "own" then add("stack of a call", stack_bytes(graph), " at most, compiled with optimisation") end
  add("scratch of each thread of a host", graph.scratch_bytes)
  return list
end

function bundle.values(graph)
  local list, of = sources(graph), programs[graph.output.name] or {}
  return {
    bundle_kind = kinds[graph.output.name] or graph.output.name, bundle_rows = rows(graph), stack_bytes = stack_bytes(graph),
    bundle_sources = joined(list, function(path) return "`" .. path .. "`" end),
    bundle_objects = joined(list, function(path) return (path:gsub("%.c$", ".o")) end),
    bundle_programs = joined(of, function(ending) return graph.prefix .. ending end),
  }
end

return bundle

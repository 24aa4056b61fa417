-- plan.txt and layers.txt: the memory plan and the network as tables.
local freeze = require "freeze"
local graph_module = require "graph"
local schedules = require "schedules"
local tensors = require "emit.tensors"
local text = require "emit.text"

local report = {}

local function mib(bytes) return string.format("%.1f MiB", bytes / 1048576) end

local function node_text(graph, time)
  local node = graph.nodes[time]
  return node and string.format("%s %s", node.op, node.name) or "-"
end

local function transient_lines(graph, out)
  local list = {}
  for _, tensor in ipairs(graph.tensors) do
    if tensor.first then list[#list + 1] = tensor end
  end
  for _, tensor in ipairs(list) do
    out[#out + 1] = string.format("%-44s %-18s %12d %12d  %4d %4d  %s .. %s", tensor.name, graph_module.extent(tensor), tensor.bytes,
      tensor.offset, tensor.first, tensor.last, node_text(graph, tensor.first), node_text(graph, tensor.last))
  end
end

local function persistent_lines(graph, out)
  for _, tensor in ipairs(graph.tensors) do
    if tensor:is("persistent") then
      out[#out + 1] = string.format("%-44s %-18s %12d %12d  always  %s", tensor.name, graph_module.extent(tensor), tensor.bytes,
        tensor.offset, tensor.role)
    end
  end
end

-- GFLOP of the convolutions of one step (forward and both gradients), by what is left out: nothing,
-- dead taps, every pair of tap and output that meets padding, gradients that nobody reads as well.
function report.step_gflop(graph)
  local all, live_taps, live_pairs, computed = 0, 0, 0, 0
  local function count(nodes, is_computed)
    for _, node in ipairs(nodes) do
      if node.flop and node.phase ~= "evaluate" then
        all, live_taps = all + node.flop_unpruned, live_taps + node.flop_live_taps
        live_pairs = live_pairs + node.flop
        if is_computed then computed = computed + node.flop end
      end
    end
  end
  count(graph.nodes, true)
  count(graph.pruned.nodes, false)
  return all / 1e9, live_taps / 1e9, live_pairs / 1e9, computed / 1e9
end

-- GFLOP of the products that the kernels chosen for a step's convolutions compute.
function report.multiplied_gflop(graph)
  local sum = 0
  for _, node in ipairs(graph.nodes) do
    if node.flop_done and node.phase ~= "evaluate" then sum = sum + node.flop_done end
  end
  return sum / 1e9
end

local dead_notes = {
  none = "",
  state = "  dead parameters keep their state: L2 decay moves each on its own",
  factor = "  dead parameters still decay: one scalar for all of them, applied when weights are saved",
}
dead_notes.factors = dead_notes.factor
local dead_average_notes = {
  none = "  dead parameters need no moving average: they stay as they are",
  factor = "  moving averages of dead parameters: one more scalar for all of them",
  state = "",
}
dead_average_notes.factors = dead_average_notes.factor

-- Each note once, for the groups that have dead parameters.
local function dead_lines(graph, out)
  local seen = { [""] = true }
  local function add(note)
    if not seen[note] then out[#out + 1], seen[note] = note, true end
  end
  for _, group in ipairs(graph.update.groups) do
    if group.dead ~= "none" or #graph.update.groups == 1 then
      add(group.rule.flags.normalizes and "  dead parameters are scaled with the weights whose norm they share" or dead_notes[group.dead])
      if graph.update.ema and graph.pruned.parameters > 0 then add(dead_average_notes[group.dead]) end
    end
  end
end

local function has_dead_state(graph)
  for _, group in ipairs(graph.update.groups) do
    if group.dead == "state" then return true end
  end
  return false
end

local function pruned_lines(graph, out)
  local pruned = graph.pruned
  out[#out + 1] = "Pruned"
  out[#out + 1] = string.format("  %d of %d parameters can never matter: no gradient%s, %s saved", pruned.parameters,
    tensors.parameters(graph), has_dead_state(graph) and "" or ", no optimiser state", mib(pruned.bytes))
  out[#out + 1] = string.format("  GFLOP of a step's convolutions: %.2f with every padded product, %.2f without dead taps,\n"
    .. "    %.2f without any padded pair of tap and output, %.2f without gradients that nobody reads either",
    report.step_gflop(graph))
  out[#out + 1] = string.format("    the kernels chosen multiply %.2f", report.multiplied_gflop(graph))
  for _, node in ipairs(pruned.nodes) do out[#out + 1] = "  not computed: " .. node.op .. " " .. node.name end
  dead_lines(graph, out)
end

-- What a step takes: values with gradient and state, GFLOP of convolutions, bytes.
local function demands(graph)
  local gradients = 0
  for _, tensor in ipairs(graph.tensors) do
    if tensor.role == "parameter_gradient" or tensor.role == "state" then gradients = gradients + tensor.bytes end
  end
  return {
    { "%d", (tensors.parameters(graph)), "parameters trained" },
    { "%d", #graph:phase "backward", "calls of the backward program" },
    { "%.2f", (select(4, report.step_gflop(graph))), "GFLOP of a step's convolutions" },
    { "%.1f", gradients / 1048576, "MiB of gradients and optimiser state" },
    { "%.1f", graph.plan.total / 1048576, "MiB in all" },
  }
end

local function schedule_lines(graph, out)
  local train = graph.record.train
  out[#out + 1] = string.format("Learning rate: %.14g, for %.14g epoch%s", train.optimizer.lr, train.epochs,
    train.epochs == 1 and "" or "s")
  for _, line in ipairs(schedules.lines(train.schedule)) do out[#out + 1] = "  " .. line end
  if train.lookahead then out[#out + 1] = "Slow weights: " .. schedules.lookahead(train.lookahead) end
  out[#out + 1] = ""
end

local function frozen_lines(graph, out)
  if not graph.unfrozen then return end
  local ours, whole = demands(graph), demands(graph.unfrozen)
  out[#out + 1] = "Frozen: " .. table.concat(graph.freeze, ", ")
  out[#out + 1] = string.format("  %14s %14s", "with all", "as it is")
  for i, demand in ipairs(ours) do
    out[#out + 1] = string.format("  %14s %14s  %s", demand[1]:format(whole[i][2]), demand[1]:format(demand[2]), demand[3])
  end
  out[#out + 1] = ""
end

-- Names in lines of up to 100 columns.
local function add_names(out, entries)
  local line = "   "
  for _, entry in ipairs(entries) do
    if #line + 1 + #entry.name > 100 then
      out[#out + 1], line = line, "   "
    end
    line = line .. " " .. entry.name
  end
  out[#out + 1] = line
end

-- Groups of parameters, where the spec has some: what moves them, how many, which.
local function group_lines(graph, out)
  local train = graph.record.train
  if #train.groups == 0 then return end
  out[#out + 1] = "Groups of parameters"
  for _, group in ipairs(graph.update.groups) do
    local values = 0
    for _, entry in ipairs(group.entries) do values = values + tensors.count(entry) end
    local what = group.text ~= "" and group.text or "the rest"
    if not group.optimizer then what = what .. " (" .. train.optimizer.kind .. ")" end
    out[#out + 1] = string.format("  %s: %d tensor%s, %d values", what, #group.entries, #group.entries == 1 and "" or "s", values)
    add_names(out, group.entries)
  end
  out[#out + 1] = ""
end

-- What is frozen while training goes on, and what needs no computing from then on.
local function freezing_lines(graph, out)
  local runs = {}
  for _, node in ipairs(graph.nodes) do runs[node] = true end
  for _, stage in ipairs(graph.freezes) do
    out[#out + 1] = string.format("Frozen after %.14g epoch%s: %s", stage.epochs, stage.epochs == 1 and "" or "s",
      text.join(stage.entries, "name"))
    for _, node in ipairs(stage.nodes) do
      if runs[node] then out[#out + 1] = "  not computed from then on: " .. node.op .. " " .. node.name end
    end
    out[#out + 1] = ""
  end
end

-- A C comment as plain text.
local function plain(comment)
  return (comment:gsub("^/%* ", ""):gsub("\n %* ", "\n"):gsub(" %*/$", ""))
end

function report.plan(graph, header)
  local plan = graph.plan
  local out = {
    plain(header), "",
    string.format("Total %d bytes (%s), of which %s always and the rest shared, scratch included; lower bound %d (%s), reached at %s.",
      plan.total, mib(plan.total), mib(plan.persistent), plan.lower_bound, mib(plan.lower_bound), node_text(graph, plan.peak)),
    string.format("Scratch: %d bytes at the end, or of each thread of a host that runs units.", graph.scratch_bytes),
    graph.output.trains and "Times count the calls of a step: forward, backward, update, then evaluation."
      or "Times count the calls of an evaluation.", "",
  }
  if graph.output.trains then
    out[#out + 1] = string.format("State: %d bytes at the front, which stay from step to step.", plan.state)
    out[#out + 1] = ""
    schedule_lines(graph, out)
    group_lines(graph, out)
    frozen_lines(graph, out)
    freezing_lines(graph, out)
    pruned_lines(graph, out)
    out[#out + 1] = ""
  end
  out[#out + 1] = string.format("%-44s %-18s %12s %12s  %s", "tensor", "shape", "bytes", "offset", "first last")
  transient_lines(graph, out)
  persistent_lines(graph, out)
  return table.concat(out, "\n") .. "\n"
end

-- Values of each layer that has parameters, by its name.
local function parameter_counts(graph)
  local counts = {}
  for _, entry in ipairs(graph.parameters) do
    if entry.is_parameter then counts[entry.layer] = (counts[entry.layer] or 0) + tensors.count(entry) end
  end
  return counts
end

local function node_mflop(graph, node)
  if node.flop then return node.flop / graph.batch / 1e6 end
  if node.op == "linear" then return 2 * node:tensor("x").shape.channels * node:tensor("out").shape.channels / 1e6 end
  return 0
end

-- Name, output shape, parameters, MFLOP an image (forward), kernel of each layer.
function report.layers(graph, header)
  local out = { plain(header), "", string.format("%-26s %-12s %10s %9s  %s", "layer", "output", "parameters", "MFLOP", "kernel") }
  local parameters, mflop = 0, 0
  local _, frozen = tensors.parameters(graph)
  local counts = parameter_counts(graph)
  for _, node in ipairs(graph:phase("forward")) do
    local p, f = counts[node.name] or 0, node_mflop(graph, node)
    parameters, mflop = parameters + p, mflop + f
    local output = graph_module.extent(node:tensor("out") or node:tensor("x"))
    out[#out + 1] = string.format("%-26s %-12s %10d %9.2f  %s%s", node.name, output, p, f, node.instance.name,
      p > 0 and freeze.has(graph.freeze, node.name) and ", frozen" or "")
  end
  out[#out + 1] = string.format("%-26s %-12s %10d %9.2f  forward, one image", "total", "", parameters, mflop)
  if frozen > 0 then out[#out + 1] = string.format("%-26s %-12s %10d", "of them frozen", "", frozen) end
  return table.concat(out, "\n") .. "\n"
end

return report

-- Appends the optimiser: one node over all parameters that have a gradient, in the order in which
-- the backward program finishes them (so that gradients can leave the machine while it still runs).
-- Says what the update does beside the optimiser's own formula, graph.update: each parameter that is averaged has one
-- more state, "average", and what weight decay spares stands last, a group of its own.
local graph_module = require "graph"

local states = {
  sgd = function(o) return o.momentum ~= 0 and { "momentum" } or {} end,
  adam = function() return { "exp_avg", "exp_avg_sq" } end,
  adamw = function() return { "exp_avg", "exp_avg_sq" } end,
}
local templates = { sgd = "sgd", adam = "adam", adamw = "adam" }

local function entries_in_order(graph)
  local order = {}
  for _, node in ipairs(graph:phase("backward")) do
    for _, tensor in ipairs(node:writes()) do
      if tensor.role == "parameter_gradient" then order[#order + 1] = tensor.entry end
    end
  end
  return order
end

-- As the two groups of parameters of a PyTorch optimiser: biases and batch norms, of rank 1, apart.
local function group_by_decay(order, spares)
  local decayed, spared = { entries = {}, decays = true }, { entries = {}, decays = false }
  for _, entry in ipairs(order) do
    local group = spares and #entry.dims == 1 and spared or decayed
    group.entries[#group.entries + 1] = entry
  end
  local groups = {}
  for _, group in ipairs { decayed, spared } do
    if #group.entries > 0 then groups[#groups + 1] = group end
  end
  return groups
end

local function state_names(train)
  local names = states[train.optimizer.kind](train.optimizer)
  if train.ema_decay then names[#names + 1] = "average" end
  return names
end

-- The running statistics that the forward program moves, each with a tensor for its average.
local function average_running(graph)
  local list = {}
  for _, node in ipairs(graph:phase("forward")) do
    for _, buffer in ipairs(node:writes()) do
      if buffer.role == "buffer" then
        local average = graph:tensor {
          name = "average." .. buffer.name, role = "average", dims = buffer.dims,
        }
        list[#list + 1] = { value = buffer, average = average }
      end
    end
  end
  return list
end

local function notes(train)
  local list = {}
  if train.clip_norm then list[#list + 1] = "clipped by norm" end
  if train.optimizer.decay == "weights" then list[#list + 1] = "decay of weights alone" end
  if train.ema_decay then list[#list + 1] = "averaged" end
  return list
end

return function(graph)
  local train = graph.record.train
  local optimizer = train.optimizer
  local update = graph_module.update {
    clip = train.clip_norm ~= nil, ema = train.ema_decay ~= nil, template = templates[optimizer.kind],
    momentum = optimizer.momentum ~= 0, nesterov = optimizer.nesterov, decays = optimizer.weight_decay ~= 0,
    decoupled = optimizer.kind == "adamw", spares = optimizer.decay == "weights",
  }
  update.groups = group_by_decay(entries_in_order(graph), update.spares)
  update.running = update.ema and average_running(graph) or {}
  graph.update, graph.update_order = update, {}
  local arguments = {}
  for _, group in ipairs(update.groups) do
    for _, entry in ipairs(group.entries) do
      graph.update_order[#graph.update_order + 1] = entry
      arguments[#arguments + 1] = { "parameter", entry.tensor, "rw" }
      arguments[#arguments + 1] = { "gradient", entry.gradient, "r" }
      entry.states = {}
      for _, name in ipairs(state_names(train)) do
        local state = graph:tensor {
          name = name .. "." .. entry.name, role = "state", dims = entry.tensor.dims,
          entry = entry, state = name,
        }
        entry.states[#entry.states + 1] = state
        arguments[#arguments + 1] = { name, state, "rw" }
      end
    end
  end
  for _, pair in ipairs(update.running) do
    arguments[#arguments + 1] = { "running", pair.value, "r" }
    arguments[#arguments + 1] = { "average", pair.average, "rw" }
  end
  graph:append {
    op = optimizer.kind, phase = "update", name = "update", scope = "", line = 0,
    attributes = optimizer, arguments = arguments, notes = notes(train),
  }
end

-- What the optimiser runs over: stretches of memory where values, gradients and states lie alike.
local layout = require "layout"
local roles = require "roles"

local update = {}

-- C names of the states as parameters of update_stretch.
local state_parameters = { momentum = "b", exp_avg = "m", exp_avg_sq = "v", average = "ema" }

-- In one arena each group of parameters is one stretch, padding included (it stays zero).
local function whole_groups(graph)
  local region, list = graph.regions.parameter, {}
  for i, group in ipairs(graph.update.groups) do
    local following = graph.update.groups[i + 1]
    local from = group.entries[1].tensor.offset - region.offset
    local to = following and following.entries[1].tensor.offset - region.offset or region.bytes
    local offset = from > 0 and " + " .. layout.elements(from) or ""
    local pointers = { "(float *)w" .. offset, "(float *)g" .. offset }
    for _, state in ipairs(group.entries[1].states) do
      pointers[#pointers + 1] = "(float *)" .. state.state .. offset
    end
    list[i] = { pointers = pointers, count = layout.elements(to - from), decays = group.decays }
  end
  return list
end

local function single_tensors(graph)
  local list = {}
  for _, group in ipairs(graph.update.groups) do
    for _, entry in ipairs(group.entries) do
      local pointers = { "(float *)" .. entry.tensor.symbol, "(float *)" .. entry.gradient.symbol }
      for _, state in ipairs(entry.states) do pointers[#pointers + 1] = "(float *)" .. state.symbol end
      list[#list + 1] = { pointers = pointers, count = entry.tensor.count, decays = group.decays }
    end
  end
  return list
end

-- { pointers: value, gradient, states; count, decays }; with an array for each tensor, one a tensor.
function update.stretches(graph)
  return graph.plan.mode == "separate" and single_tensors(graph) or whole_groups(graph)
end

-- The most floats of one stretch.
function update.largest(graph)
  local most = 0
  for _, s in ipairs(update.stretches(graph)) do most = math.max(most, s.count) end
  return most
end

local function spares(graph) return graph.record.train.optimizer.decay == "weights" end

-- The parameters of the C function update_stretch.
function update.parameters(graph)
  local list = { "float *weight", "const float *gradient" }
  local first = graph.update_order[1]
  for _, state in ipairs(first and first.states or {}) do list[#list + 1] = "float *" .. state_parameters[state.state] end
  list[#list + 1] = "int count"
  list[#list + 1] = "const struct model_hyper *hyper"
  if spares(graph) then list[#list + 1] = "double weight_decay" end
  if graph.update.clip then list[#list + 1] = "float scale" end
  return table.concat(list, ", ")
end

-- The arguments of one call: `pointers` and `count` of a stretch, and whether it decays.
function update.arguments(graph, pointers, count, decays)
  local list = table.move(pointers, 1, #pointers, 1, {})
  list[#list + 1] = tostring(count)
  list[#list + 1] = "hyper"
  if spares(graph) then list[#list + 1] = decays and "hyper->weight_decay" or "0" end
  if graph.update.clip then list[#list + 1] = "scale" end
  return table.concat(list, ", ")
end

-- Pairs of value and average, with their count: what is exchanged before an evaluation and after it.
function update.averages(graph)
  local list = {}
  local function add(value, average, count) list[#list + 1] = { value = value, average = average, count = count } end
  for _, s in ipairs(update.stretches(graph)) do add(s.pointers[1], s.pointers[#s.pointers], s.count) end
  for _, d in ipairs(update.dead(graph)) do
    if #d.states > 0 then add(d.symbol, d.states[#d.states], d.count) end
  end
  return list
end

-- How many factors dead_decay has.
function update.dead_factors(graph) return graph.update.ema and 3 or 2 end

-- The stores of dead parameters: { symbol, count, states }.
function update.dead(graph)
  local list = {}
  for _, entry in ipairs(graph.parameters) do
    if entry.dead and entry.trainable then
      local states = {}
      for i, state in ipairs(entry.dead_states or {}) do states[i] = "(float *)" .. state.symbol end
      list[#list + 1] = { symbol = "(float *)" .. entry.dead.symbol, count = entry.dead.count, states = states }
    end
  end
  return list
end

-- What a checkpoint must hold: { name, data, bytes } of each stretch.
function update.state(graph)
  local list = {}
  local function add(name, data, bytes) list[#list + 1] = { name = name, data = data, bytes = bytes } end
  if graph.plan.mode == "separate" then
    for _, tensor in ipairs(graph.tensors) do
      if tensor:is("saved") then add(tensor.name, tensor.symbol, tensor.bytes) end
    end
  else
    for _, role in ipairs(roles.in_order) do
      local region = graph.regions[role]
      if roles[role].saved and region.bytes > 0 then add(role, layout.at(region.offset), region.bytes) end
    end
  end
  add("num_batches_tracked", "num_batches_tracked", "sizeof num_batches_tracked")
  if graph.update.ema then
    add("average_batches_tracked", "average_batches_tracked", "sizeof average_batches_tracked")
  end
  if graph.dead_decay == "factors" then add("dead_decay", "dead_decay", "sizeof dead_decay") end
  return list
end

return update

-- What the optimiser runs over: stretches of memory where values, gradients and states lie alike.
local update = {}

local function stretch(pointers, count) return { pointers = pointers, count = count } end

-- In one arena all parameters are one stretch, padding included (it stays zero); else one a tensor.
function update.stretches(graph)
  local order = graph.update_order
  if #order == 0 then return {} end
  local list = {}
  if graph.plan.mode ~= "separate" then
    local pointers = { "(float *)w", "(float *)g" }
    for _, state in ipairs(order[1].states) do pointers[#pointers + 1] = "(float *)" .. state.state end
    list[1] = stretch(pointers, graph.regions.parameter.bytes // 4)
  else
    for _, entry in ipairs(order) do
      local pointers = { "(float *)" .. entry.tensor.symbol, "(float *)" .. entry.gradient.symbol }
      for _, state in ipairs(entry.states) do pointers[#pointers + 1] = "(float *)" .. state.symbol end
      list[#list + 1] = stretch(pointers, entry.tensor.count)
    end
  end
  return list
end

-- The stores of dead parameters: { symbol, count, states }.
function update.dead(graph)
  local list = {}
  for _, entry in ipairs(graph.parameters) do
    if entry.dead then
      local states = {}
      for i, state in ipairs(entry.dead_states or {}) do states[i] = "(float *)" .. state.symbol end
      list[#list + 1] = { symbol = "(float *)" .. entry.dead.symbol, count = entry.dead.count, states = states }
    end
  end
  return list
end

local kept_roles = { parameter = true, state = true, dead = true, dead_state = true, buffer = true }

-- What a checkpoint must hold: { name, data, bytes } of each stretch.
function update.state(graph)
  local list = {}
  local function add(name, data, bytes) list[#list + 1] = { name = name, data = data, bytes = bytes } end
  if graph.plan.mode == "separate" then
    for _, tensor in ipairs(graph.tensors) do
      if kept_roles[tensor.role] then add(tensor.name, tensor.symbol, tensor.bytes) end
    end
  else
    for _, role in ipairs { "parameter", "state", "dead", "dead_state", "buffer" } do
      local region = graph.regions[role]
      if region.bytes > 0 then add(role, string.format("arena + %d", region.offset // 4), region.bytes) end
    end
  end
  add("num_batches_tracked", "num_batches_tracked", "sizeof num_batches_tracked")
  if graph.dead_decay == "factors" then add("dead_decay", "dead_decay", "sizeof dead_decay") end
  return list
end

return update

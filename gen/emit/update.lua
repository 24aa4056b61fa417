-- What the optimiser runs over: stretches of memory where values, gradients and states lie alike.
local memory = require "emit.memory"

local update = {}

local function stretch(pointers, count) return { pointers = pointers, count = count } end

-- In one arena all parameters are one stretch, padding included (it stays zero); else one a tensor.
function update.stretches(graph)
  local order = graph.update_order
  if #order == 0 then return {} end
  local list = {}
  if memory.mode(graph) ~= "separate" then
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

return update

-- Appends the optimiser: one node over all parameters that have a gradient, in the order in which
-- the backward program finishes them (so that gradients can leave the machine while it still runs).
local states = {
  sgd = function(o) return o.momentum ~= 0 and { "momentum" } or {} end,
  adam = function() return { "exp_avg", "exp_avg_sq" } end,
  adamw = function() return { "exp_avg", "exp_avg_sq" } end,
}

return function(graph)
  local optimizer = graph.record.train.optimizer
  local order = {}
  for _, node in ipairs(graph:phase("backward")) do
    for _, tensor in ipairs(node:writes()) do
      if tensor.role == "parameter_gradient" then order[#order + 1] = tensor.entry end
    end
  end
  local arguments = {}
  for _, entry in ipairs(order) do
    arguments[#arguments + 1] = { "parameter", entry.tensor, "rw" }
    arguments[#arguments + 1] = { "gradient", entry.gradient, "r" }
    entry.states = {}
    for _, name in ipairs(states[optimizer.kind](optimizer)) do
      local state = graph:tensor {
        name = name .. "." .. entry.name, role = "state", dims = entry.tensor.dims, persistent = true,
        entry = entry, state = name,
      }
      entry.states[#entry.states + 1] = state
      arguments[#arguments + 1] = { name, state, "rw" }
    end
  end
  graph.update_order = order
  graph:append {
    op = optimizer.kind, phase = "update", name = "update", scope = "", line = 0,
    attributes = optimizer, arguments = arguments,
  }
end

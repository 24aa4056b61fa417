-- Keeps the evaluation program alone, for outputs that do not train: all parameters and running statistics stay
-- as they are, and nothing updates them.
local graph_module = require "graph"

return function(graph)
  graph.nodes = graph:phase("evaluate")
  graph.logits = graph.evaluated_logits
  graph.update = graph_module.update { clip = false, ema = false, groups = {}, rules = {}, running = {}, common = {} }
  graph.update_order = {}
  for _, entry in ipairs(graph.parameters) do
    entry.frozen, entry.trainable = true, false
    if entry.tensor then entry.tensor.role = "frozen" end
  end
end

-- The passes in the order in which they run. Each is { name, run(graph) }, run changes the graph in place.
local names = {
  "infer_shapes", "freeze_layers", "fuse_ops", "grow_backward", "grow_update", "grow_evaluation",
  "prune_dead", "choose_kernels", "plan_memory", "name_symbols",
}

local passes = {}
for i, name in ipairs(names) do
  passes[i] = { name = name, run = require("passes." .. name) }
end
return passes

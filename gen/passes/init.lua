-- The passes by name, each run(graph), which changes the graph in place. An output (outputs/) says which run, and
-- in which order.
local passes = { names = {
  "build_graph", "freeze_layers", "keep_labels", "fuse_ops", "grow_backward", "grow_update", "grow_evaluation", "drop_training",
  "end_at_logits", "bound_batch", "prune_dead", "fold_batch_norms", "fuse_stores", "load_norms", "narrow_tensors", "choose_kernels",
  "gather_arguments", "plan_memory", "name_symbols", "form_functions", "offer_numbers",
} }

for _, name in ipairs(passes.names) do passes[name] = require("passes." .. name) end

return passes

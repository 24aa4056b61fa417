-- A network that trains: forward and backward program, optimiser, and evaluation.
return {
  name = "trainer",
  trains = true,
  passes = {
    "build_graph", "freeze_layers", "fuse_ops", "grow_backward", "grow_update", "grow_evaluation", "bound_batch",
    "prune_dead", "load_norms", "narrow_tensors", "choose_kernels", "gather_arguments", "plan_memory", "name_symbols",
    "form_functions", "offer_numbers",
  },
  values = { "memory", "tensors", "update", "recipe", "bundle" },
  files = {
    { "PREFIX.h", "network.h" }, { "PREFIX_recipe.h", "recipe.h" }, { "runtime/model.h", "model.h" },
    { "base.h" }, { "memory.h" }, { "vectors.h" }, { "gemm.h" }, { "support.h" }, { "layers.h" }, { "kernels.h" },
    { "kernels.c", kernels = true },
    { "forward.c", "program.c", phase = "forward" }, { "backward.c", "program.c", phase = "backward" },
    { "evaluate.c", "program.c", phase = "evaluate" }, { "update.c" }, { "PREFIX.c", "network.c" },
    { "PREFIX_recipe.c", "recipe.c" }, { "flags.mk" },
  },
  bundle = { { "README.md", "bundle/trainer.md" }, { "Makefile", "bundle/trainer.mk" } },
  reports = { "plan", "layers" },
  programs = { "train" },
  rooms = { "data", "evaluation", "files", "platform", "show", "training" },
}

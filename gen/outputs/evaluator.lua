-- A trained network at work: the evaluation program with its kernels alone and its own small arena. Weights go in as
-- the trainer's files have them.
return {
  name = "evaluator",
  trains = false,
  passes = {
    "build_graph", "fuse_ops", "grow_evaluation", "drop_training", "bound_batch", "prune_dead", "load_norms", "narrow_tensors",
    "choose_kernels", "gather_arguments", "plan_memory", "name_symbols", "form_functions", "offer_numbers",
  },
  files = {
    { "PREFIX.h", "network.h" }, { "PREFIX_recipe.h", "recipe.h" }, { "runtime/model.h", "model.h" },
    { "base.h" }, { "memory.h" }, { "vectors.h" }, { "gemm.h" }, { "support.h" }, { "layers.h" }, { "kernels.h" },
    { "kernels.c", kernels = true },
    { "evaluate.c", "program.c", phase = "evaluate" }, { "PREFIX.c", "network.c" }, { "PREFIX_recipe.c", "recipe.c" },
    { "flags.mk" },
  },
  reports = { "plan" },
  programs = { "eval", "predict" },
  rooms = { "data", "evaluation", "files", "platform", "show" },
}

-- A trained network in a program of someone's own: images in, logits out, in plain C that asks for nothing but memcpy and
-- memset. Batch norms are folded into the weights that are read, which lie apart from the memory that the program brings.
return {
  name = "inference",
  trains = false,
  weights = "apart",
  wide = "float",
  math = "own",
  batch = 1,
  passes = {
    "build_graph", "fuse_ops", "grow_evaluation", "drop_training", "end_at_logits", "prune_dead", "fold_batch_norms",
    "fuse_stores", "choose_kernels", "gather_arguments", "plan_memory", "name_symbols", "form_functions",
  },
  values = { "memory", "packing", "bundle" },
  files = {
    { "PREFIX.h", "inference.h" }, { "mathematics.h" }, { "base.h" }, { "memory.h" }, { "vectors.h" }, { "gemm.h" }, { "support.h" },
    { "layers.h" }, { "kernels.h" }, { "kernels.c", kernels = true }, { "evaluate.c", "program.c", phase = "evaluate" },
    { "load.c" }, { "PREFIX.c", "inference.c" }, { "flags.mk" },
  },
  bundle = {
    { "README.md", "bundle/README.md" }, { "Makefile", "bundle/Makefile" },
    { "PREFIX_example.c", "bundle/inference.c", beside = true }, { "PREFIX_pack.c", "bundle/pack.c", beside = true },
    { "PREFIX_weights.c", "bundle/weights.c", beside = true },
  },
  reports = { "plan" },
  programs = {},
}

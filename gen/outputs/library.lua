-- A network that trains and infers in a program of someone's own: the trainer's own C, and beside it what a program wants
-- that has no runtime: first weights, steps by labels, weights from and to memory. Asks for nothing but memcpy and memset.
return {
  name = "library",
  trains = true,
  state = "apart",
  math = "own",
  passes = {
    "build_graph", "keep_labels", "freeze_layers", "fuse_ops", "grow_backward", "grow_update", "grow_evaluation", "bound_batch",
    "prune_dead", "load_norms", "narrow_tensors", "choose_kernels", "gather_arguments", "plan_memory", "name_symbols",
    "form_functions", "offer_numbers",
  },
  values = { "memory", "tensors", "update", "recipe", "library", "bundle" },
  files = {
    { "PREFIX.h", "network.h" }, { "mathematics.h" }, { "base.h" }, { "memory.h" }, { "vectors.h" }, { "gemm.h" }, { "support.h" },
    { "layers.h" }, { "kernels.h" }, { "kernels.c", kernels = true }, { "forward.c", "program.c", phase = "forward" },
    { "backward.c", "program.c", phase = "backward" }, { "evaluate.c", "program.c", phase = "evaluate" },
    { "update.c" }, { "PREFIX.c", "network.c" }, { "library.c" }, { "flags.mk" },
  },
  bundle = {
    { "README.md", "bundle/README.md" }, { "Makefile", "bundle/Makefile" },
    { "PREFIX_example.c", "bundle/library.c", beside = true },
  },
  reports = { "plan", "layers" },
  programs = {},
}

-- An output in two files, this one and its template: the layers of a network as a picture in text, and no C.
return {
  outputs = {
    {
      name = "picture", trains = false, programs = {}, reports = {}, files = { { "NAME.dot", "picture.dot" } },
      passes = { "build_graph", "fuse_ops", "grow_evaluation", "drop_training", "prune_dead", "choose_kernels", "plan_memory",
        "name_symbols", "offer_numbers" },
    },
  },
}

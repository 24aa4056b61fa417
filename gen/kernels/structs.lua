-- Structs of pointers that kernels take in place of one argument each, by name. Members are tensors of one extent, which all
-- have as many elements; where a layer has none, its pointer is NULL.
return {
  batch_norm = {
    parameter = "bn", about = "A batch norm, a value a channel each; what it has not is NULL.",
    members = { "gamma", "beta", "running_mean", "running_var", "mean", "inv_std", "d_gamma", "d_beta" },
  },
}

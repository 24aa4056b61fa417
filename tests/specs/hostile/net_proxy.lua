-- SPEC:2: unknown word net.__index; gen/README.md says how to add an op; words are: model, block, conv, bn, relu, relu6, leaky_relu, sigmoid, silu, gelu, scale, add, mul, concat, pad_channels, max_pool, avg_pool, mean_pool, adaptive_avg_pool, adaptive_max_pool, flatten, linear, dropout, dropout2d, drop_path, cross_entropy, adam, adamw, sgd, constant, step, cosine, one_cycle
return net.__index

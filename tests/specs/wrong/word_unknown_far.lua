-- SPEC:6: unknown word net.transformer; gen/README.md says how to add an op; words are: model, block, conv, bn, group_norm, relu, relu6, leaky_relu, sigmoid, silu, gelu, scale, add, mul, concat, pad_channels, max_pool, avg_pool, mean_pool, adaptive_avg_pool, adaptive_max_pool, flatten, linear, dropout, dropout2d, drop_path, normal, uniform, dirac, whitening, cross_entropy, adam, adamw, lion, muon, rmsprop, sgd, group, lookahead, constant, step, multi_step, exponential, linear_lr, polynomial, cosine, cosine_restarts, one_cycle, sequential
return net.model {
  name = "wrong", loss = net.cross_entropy {}, input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { optimizer = net.adam {}, epochs = 1 },
  forward = function(image)
    local x = net.transformer(image)
    return net.linear(net.flatten(x), "fc", { out = 10 })
  end,
}

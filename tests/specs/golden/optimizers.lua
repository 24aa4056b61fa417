-- Groups of parameters: Muon of matrices with dead taps, whose norms they share; Lion of a bias, factors of the rest's numbers;
-- with slow weights that follow less and less, clipped and averaged.
return net.model {
  name = "optimizers",
  input = { batch = 4, height = 2, width = 2, channels = 3 },
  forward = function(image)
    local x = net.relu(net.bn(net.conv(image, "a", { out = 8, kernel = 5, padding = 2 }), "bn"))
    x = net.conv(x, "b", { out = 6, kernel = 3, stride = 2, padding = 1, bias = true })
    return net.linear(net.flatten(x), "fc", { out = 5 })
  end,
  loss = net.cross_entropy {},
  train = {
    optimizer = net.adamw { lr = 1e-2, weight_decay = 0.05, amsgrad = true },
    groups = {
      net.group { parameters = { "a.weight", "b.weight" },
        optimizer = net.muon { lr = 0.24, momentum = 0.6, ns_steps = 3, normalize_weights = true } },
      net.group { parameters = { "b.bias" }, optimizer = net.lion {} },
      net.group { parameters = { "bn.*" }, lr_factor = 64, weight_decay_factor = 0 },
    },
    lookahead = net.lookahead { every = 5, alpha = 0.2262190625, power = 3 },
    epochs = 9, clip_norm = 1, ema_decay = 0.9,
  },
}

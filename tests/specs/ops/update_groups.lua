-- Groups of parameters: factors, and optimisers of their own, over dead taps, too; clipped and averaged.
return net.model {
  name = "update_groups",
  input = { batch = 4, height = 2, width = 2, channels = 3 },
  forward = function(image)
    local x = net.relu(net.bn(net.conv(image, "a", { out = 8, kernel = 5, padding = 2 }), "bn"))
    x = net.conv(x, "b", { out = 6, kernel = 3, stride = 2, padding = 1, bias = true })
    return net.linear(net.flatten(x), "fc", { out = 5 })
  end,
  loss = net.cross_entropy {},
  train = {
    optimizer = net.sgd { lr = 0.05, momentum = 0.9, nesterov = true, weight_decay = 0.1 },
    groups = {
      net.group { parameters = { "bn.*", "b.bias" }, lr_factor = 4, weight_decay_factor = 0, momentum_factor = 0.5 },
      net.group { parameters = { "b.weight" }, optimizer = net.adam { lr = 0.01, eps = 1e-4, weight_decay = 0.1 } },
      net.group { parameters = { "fc.*" }, optimizer = net.adamw { lr = 0.02, eps = 1e-4, weight_decay = 0.5, decay = "weights" } },
    },
    epochs = 1, clip_norm = 0.5, ema_decay = 0.9,
  },
}

-- A network of a second or two an epoch with the words of short recipes: filters that whiten patches of the images and stay,
-- identities at first, an epoch that is cut short at the end.
return net.model {
  name = "small_cnn",
  input = { batch = 100, height = 12, width = 12, channels = 3 },
  forward = function(image)
    local x = net.conv(image, "whiten", { out = 24, kernel = 2, bias = true, init = net.whitening { images = 500 }, bias_init = "zeros" })
    x = net.conv(net.gelu(x), "conv1", { out = 32, kernel = 3, padding = "same", init = net.dirac { rest = "pytorch" } })
    x = net.gelu(net.bn(net.max_pool(x, { kernel = 2 }), "bn1", { scale = false, momentum = 0.4 }))
    return net.linear(net.adaptive_max_pool(x, { size = 1 }), "fc", { out = 10, bias = false }) * (1 / 9)
  end,
  freeze = { "whiten.weight" },
  freeze_after = { ["whiten.bias"] = 0.5 },
  loss = net.cross_entropy { label_smoothing = 0.2 },
  train = { optimizer = net.sgd { lr = 0.5, momentum = 0.85, nesterov = true, weight_decay = 1e-3 }, epochs = 1.3,
            schedule = net.linear_lr { start_factor = 1, end_factor = 0.1, per = "step", warmup = 0.2 },
            augment = { crop_padding = 2, border = "reflect", flip = "alternating" } },
}

-- A bound that no gradient reaches, and an average that goes most of the way.
return net.model {
  name = "update_words_adamw",
  input = { batch = 4, height = 2, width = 2, channels = 3 },
  forward = function(image)
    local x = net.relu(net.bn(net.conv(image, "a", { out = 8, kernel = 5, padding = 2 }), "bn"))
    x = net.conv(x, "b", { out = 6, kernel = 3, stride = 2, padding = 1, bias = true })
    return net.linear(net.flatten(x), "fc", { out = 5 })
  end,
  loss = net.cross_entropy {},
  train = {
    optimizer = net.adamw { lr = 1e-2, eps = 1e-4, weight_decay = 1, decay = "weights" },
    epochs = 1, clip_norm = 1e6, ema_decay = 0.3,
  },
}

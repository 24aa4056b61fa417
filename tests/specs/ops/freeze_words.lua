-- Frozen layers under clipping, decay of weights alone and moving averages, with dead taps on both sides.
return net.model {
  name = "freeze_words",
  input = { batch = 4, height = 2, width = 2, channels = 3 },
  forward = function(image)
    local x = net.relu(net.bn(net.conv(image, "a", { out = 6, kernel = 5, padding = 2 }), "bn1"))
    x = net.relu(net.bn(net.conv(x, "b", { out = 6, kernel = 5, padding = 2, bias = true }), "bn2"))
    x = net.relu(net.bn(net.conv(x, "c", { out = 6, kernel = 5, padding = 2 }), "bn3"))
    return net.linear(net.flatten(x), "fc", { out = 5 })
  end,
  freeze = { "a", "bn2", "c" },
  loss = net.cross_entropy {},
  train = { optimizer = net.adamw { lr = 1e-2, weight_decay = 0.1, decay = "weights" }, epochs = 1,
            clip_norm = 0.5, ema_decay = 0.9 },
}

-- Frozen from the image on, max-pool and sums included; the batch norm after it is trained.
return net.model {
  name = "freeze_prefix",
  input = { batch = 6, height = 8, width = 8, channels = 3 },
  forward = function(image)
    local x = net.relu(net.bn(net.conv(image, "conv1", { out = 8, kernel = 3, padding = 1, bias = true }), "bn1"))
    x = net.max_pool(x, { kernel = 2 })
    local y = net.bn(net.conv(x, "block.conv", { out = 8, kernel = 3, padding = 1 }), "block.bn")
    x = net.relu(net.add(y, x))
    x = net.relu(net.bn(net.conv(x, "conv2", { out = 6, kernel = 3, padding = 1 }), "bn2"))
    x = net.relu(net.bn(net.conv(x, "conv3", { out = 6, kernel = 3, padding = 1 }), "bn3"))
    return net.linear(net.mean_pool(x), "fc", { out = 5 })
  end,
  freeze = { "conv1", "bn1", "block", "conv2" },
  loss = net.cross_entropy {},
  train = { optimizer = net.adamw { lr = 1e-2, weight_decay = 0.1 }, epochs = 1 },
}

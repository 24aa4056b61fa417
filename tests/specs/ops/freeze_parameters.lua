-- Of each kind of layer the weight is frozen once and the bias once; the first layer's weight, and a weight with dead taps.
-- Batch norms go on as they are trained, one of them with both frozen.
return net.model {
  name = "freeze_parameters",
  input = { batch = 6, height = 8, width = 8, channels = 3 },
  forward = function(image)
    local x = net.gelu(net.conv(image, "whiten", { out = 6, kernel = 2, bias = true }))
    x = net.relu(net.bn(net.conv(x, "conv1", { out = 8, kernel = 3, padding = 1, bias = true }), "bn1"))
    x = net.relu(net.bn(net.conv(x, "conv2", { out = 8, kernel = 3, padding = 1 }), "bn2"))
    x = net.max_pool(x, { kernel = 3 })
    x = net.group_norm(net.conv(x, "dead", { out = 8, kernel = 5, padding = 2, bias = true }), "gn1", { groups = 2 })
    x = net.group_norm(net.relu(x), "gn2", { groups = 4 })
    x = net.bn(net.conv(x, "conv3", { out = 6, kernel = 1 }), "bn3")
    x = net.linear(net.flatten(x), "fc1", { out = 7 })
    return net.linear(net.relu(x), "fc2", { out = 5 })
  end,
  freeze = {
    "whiten.weight", "conv1.bias", "bn1.weight", "bn2.bias", "dead.weight", "gn1.weight", "gn2.bias", "bn3.weight", "bn3.bias",
    "fc1.weight", "fc2.bias",
  },
  loss = net.cross_entropy {},
  train = { optimizer = net.sgd { lr = 1e-2, momentum = 0.9, weight_decay = 0.1 }, epochs = 1 },
}

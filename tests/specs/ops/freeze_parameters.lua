-- Of each kind of layer the weight is frozen once and the bias once; the first layer's weight, and a weight with dead taps.
-- Batch norms go on as they are trained, one of them with both frozen.
return net.model {
  name = "freeze_parameters",
  input = { batch = 6, height = 8, width = 8, channels = 3 },
  forward = function(image)
    local x = net.gelu(net.conv(image, "w", { out = 6, kernel = 2, bias = true }))
    x = net.relu(net.bn(net.conv(x, "a", { out = 8, kernel = 3, padding = 1, bias = true }), "p"))
    x = net.relu(net.bn(net.conv(x, "b", { out = 8, kernel = 3, padding = 1 }), "q"))
    x = net.max_pool(x, { kernel = 3 })
    x = net.group_norm(net.conv(x, "d", { out = 8, kernel = 5, padding = 2, bias = true }), "g1", { groups = 2 })
    x = net.group_norm(net.relu(x), "g2", { groups = 4 })
    x = net.bn(net.conv(x, "c", { out = 6, kernel = 1 }), "r")
    x = net.linear(net.flatten(x), "f1", { out = 7 })
    return net.linear(net.relu(x), "f2", { out = 5 })
  end,
  freeze = {
    "w.weight", "a.bias", "p.weight", "q.bias", "d.weight", "g1.weight", "g2.bias", "r.weight", "r.bias",
    "f1.weight", "f2.bias",
  },
  loss = net.cross_entropy {},
  train = { optimizer = net.sgd { lr = 1e-2, momentum = 0.9, weight_decay = 0.1 }, epochs = 1 },
}

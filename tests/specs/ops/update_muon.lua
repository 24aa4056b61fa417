-- Muon of weights, two of which have dead taps that count for their norm; SGD of the rest.
return net.model {
  name = "update_muon",
  input = { batch = 4, height = 2, width = 2, channels = 3 },
  forward = function(image)
    local x = net.relu(net.bn(net.conv(image, "a", { out = 8, kernel = 5, padding = 2 }), "bn"))
    x = net.conv(x, "b", { out = 6, kernel = 3, stride = 2, padding = 1, bias = true })
    return net.linear(net.flatten(x), "fc", { out = 5 })
  end,
  loss = net.cross_entropy {},
  train = {
    optimizer = net.muon { lr = 0.05, momentum = 0.6, ns_steps = 3, normalize_weights = true },
    epochs = 1,
    groups = { net.group { parameters = { "*bias", "bn.*" }, optimizer = net.sgd { lr = 0.1, momentum = 0.9, nesterov = true } } },
    lookahead = net.lookahead { every = 2 }, ema_decay = 0.9,
  },
}

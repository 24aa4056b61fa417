-- Dead taps of frozen and of trained convolutions, under Adam with L2 decay, which moves dead parameters, too.
return net.model {
  name = "freeze_dead_taps",
  input = { batch = 4, height = 2, width = 2, channels = 3 },
  forward = function(image)
    local x = net.relu(net.bn(net.conv(image, "a", { out = 6, kernel = 5, padding = 2 }), "bn"))
    x = net.relu(net.conv(x, "b", { out = 6, kernel = 5, padding = 2, bias = true }))
    x = net.relu(net.conv(x, "c", { out = 6, kernel = 5, padding = 2 }))
    return net.linear(net.flatten(x), "fc", { out = 5 })
  end,
  freeze = { "a", "c" },
  loss = net.cross_entropy {},
  train = { optimizer = net.adam { lr = 1e-3, weight_decay = 0.1 }, epochs = 1 },
}

-- 3x3 convolutions of stride 2 by phases: sides that are odd and even, statistics, a gradient that is added, outputs that make no
-- whole vectors.
return net.model {
  name = "conv_phases",
  input = { batch = 8, height = 15, width = 16, channels = 3 },
  forward = function(image)
    local x = net.relu(net.conv(image, "conv1", { out = 128, kernel = 3, padding = 1 }))
    local y = net.relu(net.bn(net.conv(x, "conv2", { out = 120, kernel = 3, stride = 2, padding = 1 }), "bn2"))
    y = net.add(y, net.conv(x, "conv3", { out = 120, kernel = 1, stride = 2 }))
    return net.linear(net.mean_pool(y), "fc", { out = 10 })
  end,
  loss = net.cross_entropy {},
  train = { optimizer = net.sgd { lr = 0.05 }, epochs = 1 },
}

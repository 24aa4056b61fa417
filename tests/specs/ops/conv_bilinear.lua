-- 3x3 convolutions by bilinear algorithms: images that no tile divides, down to fewer than a tile, little and much
-- padding, channels that fill no panel and more than one, gradients that are added, statistics.
return net.model {
  name = "conv_bilinear",
  input = { batch = 5, height = 7, width = 9, channels = 3 },
  forward = function(image)
    local x = net.relu(net.conv(image, "conv1", { out = 48, kernel = 3, padding = 1 }))
    local y = net.relu(net.bn(net.conv(x, "conv2", { out = 64, kernel = 3, padding = 1 }), "bn2"))
    y = net.bn(net.conv(y, "conv3", { out = 48, kernel = 3, padding = 1 }), "bn3")
    y = net.relu(net.add(y, x))
    y = net.max_pool(y, { kernel = 2, stride = 2 })
    y = net.conv(y, "conv4", { out = 128, kernel = 3, padding = 0 })
    y = net.relu(net.conv(y, "conv5", { out = 48, kernel = 3, padding = 2 }))
    return net.linear(net.mean_pool(y), "fc", { out = 10 })
  end,
  loss = net.cross_entropy {},
  train = { optimizer = net.sgd { lr = 0.05 }, epochs = 1 },
}

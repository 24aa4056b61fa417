-- 5x5 convolutions by bilinear algorithms: images that no tile divides, little, much and no padding, channels that make no whole
-- vectors, a gradient that is added, statistics; one that is dilated. bf16_five_taps has places that lie apart.
return net.model {
  name = "conv_five_taps",
  input = { batch = 2, height = 12, width = 13, channels = 3 },
  forward = function(image)
    local x = net.relu(net.conv(image, "stem", { out = 48, kernel = 1 }))
    local y = net.relu(net.bn(net.conv(x, "a", { out = 57, kernel = 5, padding = 2 }), "bn1"))
    y = net.bn(net.conv(y, "b", { out = 48, kernel = 5, padding = 2 }), "bn2")
    y = net.relu(net.add(y, x))
    y = net.relu(net.conv(y, "c", { out = 57, kernel = 5, padding = 1 }))
    y = net.relu(net.bn(net.conv(y, "d", { out = 64, kernel = 5, padding = 0 }), "bn3"))
    y = net.relu(net.conv(y, "e", { out = 48, kernel = 5, padding = 4 }))
    y = net.conv(y, "f", { out = 32, kernel = 5, padding = 4, dilation = 2 })
    return net.linear(net.mean_pool(y), "fc", { out = 10 })
  end,
  loss = net.cross_entropy {},
  train = { optimizer = net.sgd { lr = 0.05 }, epochs = 1 },
}

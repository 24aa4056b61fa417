-- 3x3 convolutions of images of 3x3, of which many products meet padding: more and fewer channels than a panel, none that
-- fill vectors, a gradient that is added, statistics, images and padding of other sizes. So many images that transforms pay.
return net.model {
  name = "conv_toeplitz_3x3",
  input = { batch = 26, height = 6, width = 6, channels = 3 },
  forward = function(image)
    local x = net.relu(net.conv(image, "conv1", { out = 64, kernel = 3, stride = 2, padding = 1 }))
    local y = net.relu(net.bn(net.conv(x, "conv2", { out = 120, kernel = 3, padding = 1 }), "bn2"))
    y = net.bn(net.conv(y, "conv3", { out = 64, kernel = 3, padding = 1 }), "bn3")
    y = net.relu(net.add(y, x))
    y = net.relu(net.conv(y, "conv4", { out = 57, kernel = 3, padding = 1 }))
    y = net.relu(net.conv(y, "conv5", { out = 192, kernel = 3, padding = 1 }))
    y = net.relu(net.conv(y, "conv6", { out = 192, kernel = 3, padding = 1 }))
    y = net.relu(net.conv(y, "conv7", { out = 32, kernel = 3, padding = 2 }))
    y = net.conv(y, "conv8", { out = 32, kernel = 3, padding = 0 })
    y = net.conv(y, "conv9", { out = 32, kernel = 3, padding = 1 })
    return net.linear(net.mean_pool(y), "fc", { out = 10 })
  end,
  loss = net.cross_entropy {},
  train = { optimizer = net.sgd { lr = 0.05 }, epochs = 1 },
}

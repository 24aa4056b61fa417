-- Few images and many channels, so that transforms and products of bilinear convolutions are units of their own: tiles that
-- the image cuts off, statistics for a batch norm or none, a gradient that is added to.
return net.model {
  name = "conv_places_apart",
  input = { batch = 4, height = 4, width = 7, channels = 3 },
  forward = function(image)
    local x = net.relu(net.conv(image, "stem", { out = 192, kernel = 1 }))
    local y = net.relu(net.bn(net.conv(x, "conv1", { out = 192, kernel = 3, padding = 1 }), "bn1"))
    y = net.conv(y, "conv2", { out = 192, kernel = 3, padding = 1 })
    return net.linear(net.mean_pool(net.relu(net.add(x, y))), "fc", { out = 10 })
  end,
  loss = net.cross_entropy {},
  train = { optimizer = net.sgd { lr = 0.1 }, epochs = 1 },
}

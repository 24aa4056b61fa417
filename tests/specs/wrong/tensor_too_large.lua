-- SPEC:6: conv conv1: 8 x 32x32x1048576 is 2^31 values or more
return net.model {
  name = "wrong", loss = net.cross_entropy {}, input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { optimizer = net.adam {}, epochs = 1 },
  forward = function(image)
    local x = net.conv(image, "conv1", { out = 1048576, kernel = 1 })
    return net.linear(net.flatten(x), "fc", { out = 10 })
  end,
}

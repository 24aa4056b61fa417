-- SPEC:6: conv conv1: kernel 3x40 does not fit 32x32 with padding 0x0
return net.model {
  name = "wrong", loss = net.cross_entropy {}, input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { optimizer = net.adam {}, epochs = 1 },
  forward = function(image)
    local x = net.conv(image, "conv1", { out = 4, kernel = { 3, 40 } })
    return net.linear(net.flatten(x), "fc", { out = 10 })
  end,
}

-- SPEC:6: conv a: kernel 3x3 with dilation 20x20 does not fit 32x32 with padding 1x1
return net.model {
  name = "wrong", loss = net.cross_entropy {}, input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { optimizer = net.adam {}, epochs = 1 },
  forward = function(image)
    local x = net.conv(image, "a", { out = 4, kernel = 3, dilation = 20, padding = 1 })
    return net.linear(net.flatten(x), "fc", { out = 10 })
  end,
}

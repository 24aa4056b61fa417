-- SPEC:6: whitening: eps must be a number above 0 and at most 1000000, not 0
return net.model {
  name = "wrong", loss = net.cross_entropy {}, input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { optimizer = net.adam {}, epochs = 1 },
  forward = function(image)
    local x = net.conv(image, "a", { out = 4, kernel = 2, init = net.whitening { eps = 0 } })
    return net.linear(net.flatten(x), "fc", { out = 10 })
  end,
}

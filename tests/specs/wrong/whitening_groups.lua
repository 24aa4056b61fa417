-- SPEC:6: conv a: net.whitening is for a convolution without groups
return net.model {
  name = "wrong", loss = net.cross_entropy {}, input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { optimizer = net.adam {}, epochs = 1 },
  forward = function(image)
    local x = net.conv(image, "a", { out = 6, kernel = 2, groups = 3, init = net.whitening {} })
    return net.linear(net.flatten(x), "fc", { out = 10 })
  end,
}

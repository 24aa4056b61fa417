-- SPEC:6: conv a: net.whitening has two filters for each of the 12 values of a patch, 24, but out is 25
return net.model {
  name = "wrong", loss = net.cross_entropy {}, input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { optimizer = net.adam {}, epochs = 1 },
  forward = function(image)
    local x = net.conv(image, "a", { out = 25, kernel = 2, init = net.whitening {} })
    return net.linear(net.flatten(x), "fc", { out = 10 })
  end,
}

-- SPEC:6: conv a: net.whitening is for patches of up to 256 values; 10x10 of 3 channels is 300
return net.model {
  name = "wrong", loss = net.cross_entropy {}, input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { optimizer = net.adam {}, epochs = 1 },
  forward = function(image)
    local x = net.conv(image, "a", { out = 6, kernel = 10, init = net.whitening {} })
    return net.linear(net.flatten(x), "fc", { out = 10 })
  end,
}

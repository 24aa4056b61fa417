-- SPEC:7: conv b: net.whitening is for a convolution of the image itself, whose patches the training images have
return net.model {
  name = "wrong", loss = net.cross_entropy {}, input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { optimizer = net.adam {}, epochs = 1 },
  forward = function(image)
    local x = net.conv(image, "a", { out = 4, kernel = 3, padding = 1 })
    x = net.conv(x, "b", { out = 4, kernel = 2, init = net.whitening {} })
    return net.linear(net.flatten(x), "fc", { out = 10 })
  end,
}

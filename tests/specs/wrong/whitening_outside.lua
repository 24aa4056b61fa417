-- SPEC:6: conv a: net.whitening needs patches within the image, but the window is 33x2 and the image 32x32
return net.model {
  name = "wrong", loss = net.cross_entropy {}, input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { optimizer = net.adam {}, epochs = 1 },
  forward = function(image)
    local x = net.conv(image, "a", { out = 6, kernel = { 33, 2 }, padding = 1, init = net.whitening {} })
    return net.linear(net.flatten(x), "fc", { out = 10 })
  end,
}

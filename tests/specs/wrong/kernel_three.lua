-- SPEC:6: conv conv1: kernel must be an integer from 1 to 256, or two: {height, width}, not { 3, 3, 3 }
return net.model {
  name = "wrong", loss = net.cross_entropy {}, input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { optimizer = net.adam {}, epochs = 1 },
  forward = function(image)
    local x = net.conv(image, "conv1", { out = 4, kernel = { 3, 3, 3 } })
    return net.linear(net.flatten(x), "fc", { out = 10 })
  end,
}

-- SPEC:6: conv conv1: options are written name = value; item 1 has no name
return net.model {
  name = "wrong", loss = net.cross_entropy {}, input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { optimizer = net.adam {}, epochs = 1 },
  forward = function(image)
    local x = net.conv(image, "conv1", { 4, 3 })
    return net.linear(net.flatten(x), "fc", { out = 10 })
  end,
}

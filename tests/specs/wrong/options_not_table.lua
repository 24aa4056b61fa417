-- SPEC:6: conv conv1: options must be a table, like { name = value }, not 64
return net.model {
  name = "wrong", loss = net.cross_entropy {}, input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { optimizer = net.adam {}, epochs = 1 },
  forward = function(image)
    local x = net.conv(image, "conv1", 64)
    return net.linear(net.flatten(x), "fc", { out = 10 })
  end,
}

-- SPEC:6: pad_channels: before must be an integer from 0 to 1048576, not -1
return net.model {
  name = "wrong", loss = net.cross_entropy {}, input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { optimizer = net.adam {}, epochs = 1 },
  forward = function(image)
    local x = net.pad_channels(image, { before = -1 })
    return net.linear(net.flatten(x), "fc", { out = 10 })
  end,
}

-- SPEC:8: one_cycle: moves the momentum, but rmsprop has none; give it momentum or say cycle_momentum = false
return net.model {
  name = "wrong",
  loss = net.cross_entropy {},
  input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { epochs = 10,
    optimizer = net.rmsprop {},
    schedule = net.one_cycle {},
  },
  forward = function(image)
    local x = net.conv(image, "conv1", { out = 4, kernel = 3, bias = true })
    return net.linear(net.flatten(x), "fc", { out = 3 })
  end,
}

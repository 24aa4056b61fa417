-- SPEC:8: linear b: weight of 1048576x1048576 is 2^31 values or more
return net.model {
  name = "wrong", loss = net.cross_entropy {}, input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { optimizer = net.adam {}, epochs = 1 },
  forward = function(image)
    local x = net.max_pool(image, { kernel = 32 })
    x = net.linear(x, "a", { out = 1048576 })
    x = net.linear(x, "b", { out = 1048576 })
    return net.linear(net.flatten(x), "fc", { out = 10 })
  end,
}

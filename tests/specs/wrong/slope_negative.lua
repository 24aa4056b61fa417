-- SPEC:6: leaky_relu: slope must be a number from 0 to 1000, not -1
return net.model {
  name = "wrong", loss = net.cross_entropy {}, input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { optimizer = net.adam {}, epochs = 1 },
  forward = function(image)
    local x = net.leaky_relu(image, { slope = -1 })
    return net.linear(net.flatten(x), "fc", { out = 10 })
  end,
}

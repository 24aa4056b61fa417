-- SPEC:8: a spec must return one thing, what net.model makes, not 2
return net.model {
  name = "wrong", loss = net.cross_entropy {}, input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { optimizer = net.adam {}, epochs = 1 },
  forward = function(image)
    return net.linear(net.flatten(image), "fc", { out = 10 })
  end,
}, 5

-- SPEC:6: model: there is nothing to train; forward has no conv, no linear and no norm with parameters
return net.model {
  name = "wrong", loss = net.cross_entropy {}, input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { optimizer = net.adam {}, epochs = 1 },
  forward = function(image)
    return net.flatten(image)
  end,
}

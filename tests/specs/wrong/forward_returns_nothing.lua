-- SPEC:7: model: forward returns nothing; it must return the logits
return net.model {
  name = "wrong", loss = net.cross_entropy {}, input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { optimizer = net.adam {}, epochs = 1 },
  forward = function(image)
    net.relu(image)
  end,
}

-- SPEC:3: cross_entropy loss: logits of 1 class (fc); give two or more
return net.model {
  name = "wrong", loss = net.cross_entropy {}, input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { optimizer = net.adam {}, epochs = 1 },
  forward = function(image)
    return net.linear(net.flatten(image), "fc", { out = 1 })
  end,
}

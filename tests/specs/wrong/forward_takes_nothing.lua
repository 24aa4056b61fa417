-- SPEC:2: model: forward must take the image, as in function(image)
return net.model {
  name = "wrong", loss = net.cross_entropy {}, input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { optimizer = net.adam {}, epochs = 1 },
  forward = function()
    return 1
  end,
}

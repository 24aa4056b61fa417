-- SPEC:2: model train augment: trivial_augment is for images of 1 or 3 channels, not 2
return net.model {
  name = "wrong",
  loss = net.cross_entropy {},
  input = { batch = 8, height = 32, width = 32, channels = 2 },
  train = { epochs = 2, optimizer = net.adam {}, augment = { trivial_augment = true } },
  forward = function(image) return net.linear(net.flatten(image), "fc", { out = 10 }) end,
}

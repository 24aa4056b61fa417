-- SPEC:2: model train augment: trivial_augment must be true or false, not 1
return net.model {
  name = "wrong",
  loss = net.cross_entropy {},
  input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { epochs = 2, optimizer = net.adam {}, augment = { trivial_augment = 1 } },
  forward = function(image) return net.linear(net.flatten(image), "fc", { out = 10 }) end,
}

-- SPEC:2: model train augment: random_erasing must be a number from 0 to 1, not 2
return net.model {
  name = "wrong",
  loss = net.cross_entropy {},
  input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { epochs = 2, optimizer = net.adam {}, augment = { random_erasing = 2 } },
  forward = function(image) return net.linear(net.flatten(image), "fc", { out = 10 }) end,
}

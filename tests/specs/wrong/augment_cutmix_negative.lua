-- SPEC:2: model train augment: cutmix must be a number from 0 to 1000000, not -1
return net.model {
  name = "wrong",
  loss = net.cross_entropy {},
  input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { epochs = 2, optimizer = net.adam {}, augment = { cutmix = -1 } },
  forward = function(image) return net.linear(net.flatten(image), "fc", { out = 10 }) end,
}

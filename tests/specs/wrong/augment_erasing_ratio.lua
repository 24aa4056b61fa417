-- SPEC:2: model train augment: erasing_ratio must be a list of two numbers above 0 and at most 1000, the second not below the first, not 1
return net.model {
  name = "wrong",
  loss = net.cross_entropy {},
  input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { epochs = 2, optimizer = net.adam {}, augment = { random_erasing = 0.5, erasing_ratio = 1 } },
  forward = function(image) return net.linear(net.flatten(image), "fc", { out = 10 }) end,
}

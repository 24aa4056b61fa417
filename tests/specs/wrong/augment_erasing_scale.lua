-- SPEC:2: model train augment: erasing_scale must be a list of two numbers from 0 to 1, the second not below the first, not { 0.3, 0.02 }
return net.model {
  name = "wrong",
  loss = net.cross_entropy {},
  input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { epochs = 2, optimizer = net.adam {}, augment = { random_erasing = 0.5, erasing_scale = { 0.3, 0.02 } } },
  forward = function(image) return net.linear(net.flatten(image), "fc", { out = 10 }) end,
}

-- SPEC:2: model train augment color_jitter: hue must be a number from 0 to 0.5, not 0.6
return net.model {
  name = "wrong",
  loss = net.cross_entropy {},
  input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { epochs = 2, optimizer = net.adam {}, augment = { color_jitter = { hue = 0.6 } } },
  forward = function(image) return net.linear(net.flatten(image), "fc", { out = 10 }) end,
}

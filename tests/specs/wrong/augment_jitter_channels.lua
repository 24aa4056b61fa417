-- SPEC:2: model train augment: color_jitter is for images of 1 or 3 channels, not 4
return net.model {
  name = "wrong",
  loss = net.cross_entropy {},
  input = { batch = 8, height = 32, width = 32, channels = 4 },
  train = { epochs = 2, optimizer = net.adam {}, augment = { color_jitter = { hue = 0.1 } } },
  forward = function(image) return net.linear(net.flatten(image), "fc", { out = 10 }) end,
}

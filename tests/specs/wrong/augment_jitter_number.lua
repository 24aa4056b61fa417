-- SPEC:2: model train augment color_jitter: options must be a table, like { name = value }, not 0.4
return net.model {
  name = "wrong",
  loss = net.cross_entropy {},
  input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { epochs = 2, optimizer = net.adam {}, augment = { color_jitter = 0.4 } },
  forward = function(image) return net.linear(net.flatten(image), "fc", { out = 10 }) end,
}

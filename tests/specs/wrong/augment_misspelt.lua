-- SPEC:2: model train augment: unknown option "flips"; did you mean flip?
return net.model {
  name = "wrong",
  loss = net.cross_entropy {},
  input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { epochs = 2, optimizer = net.adam {}, augment = { flips = true } },
  forward = function(image) return net.linear(net.flatten(image), "fc", { out = 10 }) end,
}

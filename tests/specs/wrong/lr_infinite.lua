-- SPEC:6: adam: lr must be a number at least 0, not inf
return net.model {
  name = "wrong",
  loss = net.cross_entropy {},
  input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { epochs = 2, optimizer = net.adam { lr = 1/0 } },
  forward = function(image) return net.linear(net.flatten(image), "fc", { out = 10 }) end,
}

-- SPEC:6: one_cycle: moves the momentum, but sgd has none; give it momentum or say cycle_momentum = false
return net.model {
  name = "wrong",
  loss = net.cross_entropy {},
  input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { epochs = 2, optimizer = net.sgd {}, schedule = net.one_cycle {} },
  forward = function(image) return net.linear(net.flatten(image), "fc", { out = 10 }) end,
}

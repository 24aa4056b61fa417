-- SPEC:6: one_cycle: base_momentum 0.9 is above max_momentum 0.8
return net.model {
  name = "wrong",
  loss = net.cross_entropy {},
  input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { epochs = 2, optimizer = net.adam {}, schedule = net.one_cycle { base_momentum = 0.9, max_momentum = 0.8 } },
  forward = function(image) return net.linear(net.flatten(image), "fc", { out = 10 }) end,
}

-- SPEC:6: linear_lr: end_factor is missing; it is a number from 0 to 1
return net.model {
  name = "wrong",
  loss = net.cross_entropy {},
  input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { epochs = 10, optimizer = net.adam {}, schedule = net.linear_lr { start_factor = 0.1 } },
  forward = function(image) return net.linear(net.flatten(image), "fc", { out = 10 }) end,
}

-- SPEC:6: sgd: nesterov needs momentum above 0 and dampening 0
return net.model {
  name = "wrong",
  loss = net.cross_entropy {},
  input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { epochs = 2, optimizer = net.sgd { nesterov = true } },
  forward = function(image) return net.linear(net.flatten(image), "fc", { out = 10 }) end,
}

-- SPEC:2: model train: ema_decay must be a number above 0 and below 1, not 1
return net.model {
  name = "wrong",
  loss = net.cross_entropy {},
  input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { epochs = 2, optimizer = net.sgd {}, ema_decay = 1 },
  forward = function(image) return net.linear(net.flatten(image), "fc", { out = 10 }) end,
}

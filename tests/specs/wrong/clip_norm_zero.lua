-- SPEC:2: model train: clip_norm must be a number above 0, not 0
return net.model {
  name = "wrong",
  loss = net.cross_entropy {},
  input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { epochs = 2, optimizer = net.sgd {}, clip_norm = 0 },
  forward = function(image) return net.linear(net.flatten(image), "fc", { out = 10 }) end,
}

-- SPEC:6: cosine: warmup of 3 epochs is longer than the training, 2 epochs
return net.model {
  name = "wrong",
  loss = net.cross_entropy {},
  input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { epochs = 2, optimizer = net.adam {}, schedule = net.cosine { warmup = 3 } },
  forward = function(image) return net.linear(net.flatten(image), "fc", { out = 10 }) end,
}

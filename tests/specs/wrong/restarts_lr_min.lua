-- SPEC:6: cosine_restarts: lr_min 0.1 is above lr 0.001
return net.model {
  name = "wrong",
  loss = net.cross_entropy {},
  input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { epochs = 10, optimizer = net.adam {}, schedule = net.cosine_restarts { period = 3, lr_min = 0.1 } },
  forward = function(image) return net.linear(net.flatten(image), "fc", { out = 10 }) end,
}

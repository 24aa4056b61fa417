-- SPEC:6: adam: decay = "weights" says what weight_decay applies to, but that is 0; set it, or leave decay out
return net.model {
  name = "wrong",
  loss = net.cross_entropy {},
  input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { epochs = 2, optimizer = net.adam { decay = "weights" } },
  forward = function(image) return net.linear(net.flatten(image), "fc", { out = 10 }) end,
}

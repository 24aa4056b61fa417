-- SPEC:6: sgd: decay must be "all" or "weights", not "weight"; did you mean weights?
return net.model {
  name = "wrong",
  loss = net.cross_entropy {},
  input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { epochs = 2, optimizer = net.sgd { decay = "weight" } },
  forward = function(image) return net.linear(net.flatten(image), "fc", { out = 10 }) end,
}

-- SPEC:4: cross_entropy: class_weights must be a list with a number above 0 for each class, not { 1, 0, 2 }
return net.model {
  name = "wrong",
  loss = net.cross_entropy { class_weights = { 1, 0, 2 } },
  input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { epochs = 10, optimizer = net.adam {} },
  forward = function(image) return net.linear(net.flatten(image), "fc", { out = 3 }) end,
}

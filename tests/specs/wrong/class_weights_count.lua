-- SPEC:4: cross_entropy loss: class_weights are 2, but there are 3 classes
return net.model {
  name = "wrong",
  loss = net.cross_entropy { class_weights = { 1, 2 } },
  input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { epochs = 10, optimizer = net.adam {} },
  forward = function(image) return net.linear(net.flatten(image), "fc", { out = 3 }) end,
}

-- SPEC:2: model train: optimizer is missing; it is made by net.adam, net.adamw, net.lion, net.muon, net.rmsprop or net.sgd
return net.model {
  name = "wrong",
  loss = net.cross_entropy {},
  input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { epochs = 2 },
  forward = function(image) return net.linear(net.flatten(image), "fc", { out = 10 }) end,
}

-- SPEC:2: model train: epochs is missing; it is a number above 0 and at most 1000000
return net.model {
  name = "wrong",
  loss = net.cross_entropy {},
  input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { optimizer = net.adam {} },
  forward = function(image) return net.linear(net.flatten(image), "fc", { out = 10 }) end,
}

-- SPEC:2: model input: batch is missing; it is an integer from 1 to 65536
return net.model {
  name = "wrong",
  loss = net.cross_entropy {},
  input = { height = 32, width = 32, channels = 3 },
  train = { optimizer = net.adam {}, epochs = 1 },
  forward = function(image) return net.linear(net.flatten(image), "fc", { out = 10 }) end,
}

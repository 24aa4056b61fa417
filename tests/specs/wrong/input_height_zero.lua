-- SPEC:2: model input: height must be an integer from 1 to 65536, not 0
return net.model {
  name = "wrong",
  loss = net.cross_entropy {},
  input = { batch = 8, height = 0, width = 32, channels = 3 },
  train = { optimizer = net.adam {}, epochs = 1 },
  forward = function(image) return net.linear(net.flatten(image), "fc", { out = 10 }) end,
}

-- SPEC:2: model: name must be a name of letters, digits and _ that begins with a letter, not "../evil"
return net.model {
  name = "../evil",
  loss = net.cross_entropy {},
  input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { optimizer = net.adam {}, epochs = 1 },
  forward = function(image) return net.linear(net.flatten(image), "fc", { out = 10 }) end,
}

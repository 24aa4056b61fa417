-- SPEC:3: model: name "data" is a folder of its own below build/; choose another

return net.model {
  name = "data",
  input = { batch = 8, height = 4, width = 4, channels = 3 },
  forward = function(image) return net.linear(net.flatten(image), "fc", { out = 10 }) end,
  loss = net.cross_entropy {},
  train = { optimizer = net.adam {}, epochs = 1 },
}

-- SPEC:2: model data: train must be a list of 1 to 256 names of files in the data folder (letters, digits, . _ -), not {}
return net.model {
  name = "wrong",
  loss = net.cross_entropy {},
  input = { batch = 8, height = 8, width = 8, channels = 1 },
  train = { optimizer = net.adam {}, epochs = 1 },
  forward = function(image) return net.linear(net.flatten(image), "fc", { out = 3 }) end,
  data = { name = "S", classes = 3, train = {}, test = { "b.bin" } },
}

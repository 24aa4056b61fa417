-- SPEC:2: model data: name must be a name of up to 40 letters, digits, spaces, - and _ that begins with a letter, not "../S"
return net.model {
  name = "wrong",
  loss = net.cross_entropy {},
  input = { batch = 8, height = 8, width = 8, channels = 1 },
  train = { optimizer = net.adam {}, epochs = 1 },
  forward = function(image) return net.linear(net.flatten(image), "fc", { out = 3 }) end,
  data = { name = "../S", classes = 3, train = { "a.bin" }, test = { "b.bin" } },
}

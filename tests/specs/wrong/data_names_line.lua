-- SPEC:2: model data: class_names must be the name of a file in the data folder, a name a line, or a list of names of 1 to 255 bytes of UTF-8, not { "x", "y", "a b" }
return net.model {
  name = "wrong",
  loss = net.cross_entropy {},
  input = { batch = 8, height = 8, width = 8, channels = 1 },
  train = { optimizer = net.adam {}, epochs = 1 },
  forward = function(image) return net.linear(net.flatten(image), "fc", { out = 3 }) end,
  data = { name = "S", classes = 3, train = { "a.bin" }, test = { "b.bin" }, class_names = { "x", "y", "a\nb" } },
}

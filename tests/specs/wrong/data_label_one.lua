-- SPEC:2: model data: label is 1 and the next byte, as for more than 256 classes, but a record has 1 label byte
return net.model {
  name = "wrong",
  loss = net.cross_entropy {},
  input = { batch = 8, height = 8, width = 8, channels = 1 },
  train = { optimizer = net.adam {}, epochs = 1 },
  forward = function(image) return net.linear(net.flatten(image), "fc", { out = 300 }) end,
  data = { name = "S", classes = 300, train = { "a.bin" }, test = { "b.bin" }, label_bytes = 1 },
}

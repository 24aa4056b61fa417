-- SPEC:2: model data: classes is missing; it is an integer from 1 to 65536
return net.model {
  name = "wrong",
  loss = net.cross_entropy {},
  input = { batch = 8, height = 8, width = 8, channels = 1 },
  train = { optimizer = net.adam {}, epochs = 1 },
  forward = function(image) return net.linear(net.flatten(image), "fc", { out = 3 }) end,
  data = { name = "S", train = { "a.bin" }, test = { "b.bin" } },
}

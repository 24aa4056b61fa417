-- SPEC:2: model data: classes is 10, but forward returns 3 logits; they must be the same number
return net.model {
  name = "wrong",
  loss = net.cross_entropy {},
  input = { batch = 8, height = 8, width = 8, channels = 1 },
  train = { optimizer = net.adam {}, epochs = 1 },
  forward = function(image) return net.linear(net.flatten(image), "fc", { out = 3 }) end,
  data = { name = "S", classes = 10, train = { "a.bin" }, test = { "b.bin" } },
}

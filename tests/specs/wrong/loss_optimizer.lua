-- SPEC:2: model: loss must be made by net.cross_entropy, not what net.adam makes
return net.model {
  name = "wrong",
  loss = net.adam {},
  input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { optimizer = net.adam {}, epochs = 1 },
  forward = function(image) return net.linear(net.flatten(image), "fc", { out = 10 }) end,
}

-- SPEC:2: model input: std must be a list with a number above 0 for each channel, not { 0 }
return net.model {
  name = "wrong",
  loss = net.cross_entropy {},
  input = { batch = 8, height = 32, width = 32, channels = 1, std = { 0 } },
  train = { optimizer = net.adam {}, epochs = 1 },
  forward = function(image) return net.linear(net.flatten(image), "fc", { out = 10 }) end,
}

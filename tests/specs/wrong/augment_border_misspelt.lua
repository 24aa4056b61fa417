-- SPEC:2: model train augment: border must be "black" or "reflect", not "reflct"; did you mean reflect?
return net.model {
  name = "wrong",
  loss = net.cross_entropy {},
  input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { epochs = 2, optimizer = net.adam {}, augment = { crop_padding = 4, border = "reflct" } },
  forward = function(image) return net.linear(net.flatten(image), "fc", { out = 10 }) end,
}

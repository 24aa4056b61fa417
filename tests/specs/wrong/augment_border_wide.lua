-- SPEC:2: model train augment: a border that reflects must be narrower than the image: crop_padding 32, 32 pixels
return net.model {
  name = "wrong",
  loss = net.cross_entropy {},
  input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { epochs = 2, optimizer = net.adam {}, augment = { crop_padding = 32, border = "reflect" } },
  forward = function(image) return net.linear(net.flatten(image), "fc", { out = 10 }) end,
}

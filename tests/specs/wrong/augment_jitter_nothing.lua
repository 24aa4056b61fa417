-- SPEC:2: model train augment: color_jitter changes nothing; give brightness, contrast, saturation or hue
return net.model {
  name = "wrong",
  loss = net.cross_entropy {},
  input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { epochs = 2, optimizer = net.adam {}, augment = { color_jitter = {} } },
  forward = function(image) return net.linear(net.flatten(image), "fc", { out = 10 }) end,
}

-- SPEC:6: linear fc: input is 32x32x3 (image), not 1x1; use flatten or mean_pool first
return net.model {
  name = "wrong", loss = net.cross_entropy {}, input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { optimizer = net.adam {}, epochs = 1 },
  forward = function(image)
    return net.linear(image, "fc", { out = 10 })
  end,
}

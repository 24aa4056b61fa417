-- Softmax regression: flatten and one layer.
return net.model {
  name = "linear_alone",
  input = { batch = 9, height = 5, width = 3, channels = 2 },
  forward = function(image)
    return net.linear(net.flatten(image), "fc", { out = 2 })
  end,
  loss = net.cross_entropy {},
  train = { optimizer = net.adam { lr = 1e-3 }, epochs = 1 },
}

-- A batch norm over 1000 vectors.
return net.model {
  name = "bn_of_vectors_1000",
  input = {
    batch = 1000, height = 4, width = 4, channels = 3,
    mean = { 0.4914, 0.4822, 0.4465 }, std = { 0.2470, 0.2435, 0.2616 },
  },
  forward = function(image)
    return net.linear(net.bn(net.flatten(image), "an"), "fc", { out = 10 })
  end,
  loss = net.cross_entropy {},
  train = { optimizer = net.sgd { lr = 0.1 }, epochs = 1 },
}

-- A linear layer of all values of an image.
return net.model {
  name = "linear_128",
  input = {
    batch = 8, height = 128, width = 128, channels = 3,
    mean = { 0.4914, 0.4822, 0.4465 }, std = { 0.2470, 0.2435, 0.2616 },
  },
  forward = function(image)
    local x = net.linear(net.flatten(image), "a", { out = 4 })
    return net.linear(x, "fc", { out = 10 })
  end,
  loss = net.cross_entropy {},
  train = { optimizer = net.sgd { lr = 0.1 }, epochs = 1 },
}

-- Linear layers over 1000 images.
return net.model {
  name = "linear_1000",
  input = {
    batch = 1000, height = 8, width = 8, channels = 3,
    mean = { 0.4914, 0.4822, 0.4465 }, std = { 0.2470, 0.2435, 0.2616 },
  },
  forward = function(image)
    local x = net.linear(net.flatten(image), "a", { out = 40 })
    return net.linear(x, "fc", { out = 10 })
  end,
  loss = net.cross_entropy {},
  train = { optimizer = net.sgd { lr = 0.1 }, epochs = 1 },
}

-- Convolutions over 1000 images.
return net.model {
  name = "conv_1000",
  input = {
    batch = 1000, height = 8, width = 8, channels = 3,
    mean = { 0.4914, 0.4822, 0.4465 }, std = { 0.2470, 0.2435, 0.2616 },
  },
  forward = function(image)
    local x = net.conv(image, "a", { out = 16, kernel = 3, padding = 1, bias = true })
    x = net.conv(x, "b", { out = 16, kernel = 3, padding = 1, bias = true })
    x = net.conv(x, "c", { out = 16, kernel = 3, stride = 2, padding = 1, groups = 4, bias = true })
    x = net.conv(x, "d", { out = 4, kernel = 1, bias = true })
    return net.linear(net.flatten(x), "fc", { out = 10 })
  end,
  loss = net.cross_entropy {},
  train = { optimizer = net.sgd { lr = 0.1 }, epochs = 1 },
}

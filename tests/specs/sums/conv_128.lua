-- Convolutions of few and of more channels, with a stride, in groups, over 16384 positions.
return net.model {
  name = "conv_128",
  input = {
    batch = 4, height = 128, width = 128, channels = 3,
    mean = { 0.4914, 0.4822, 0.4465 }, std = { 0.2470, 0.2435, 0.2616 },
  },
  forward = function(image)
    local x = net.conv(image, "a", { out = 16, kernel = 3, padding = 1, bias = true })
    x = net.conv(x, "b", { out = 16, kernel = 3, padding = 1, bias = true })
    x = net.conv(x, "c", { out = 16, kernel = 3, stride = 2, padding = 1, groups = 4, bias = true })
    x = net.conv(x, "d", { out = 2, kernel = 5, stride = 4, padding = 2, bias = true })
    return net.linear(net.flatten(x), "fc", { out = 10 })
  end,
  loss = net.cross_entropy {},
  train = { optimizer = net.sgd { lr = 0.1 }, epochs = 1 },
}

-- Weights of a few taps, whose gradients are sums over all positions.
return net.model {
  name = "depthwise_128",
  input = {
    batch = 8, height = 128, width = 128, channels = 3,
    mean = { 0.4914, 0.4822, 0.4465 }, std = { 0.2470, 0.2435, 0.2616 },
  },
  forward = function(image)
    local x = net.conv(image, "a", { out = 16, kernel = 1, bias = true })
    x = net.conv(x, "b", { out = 16, kernel = 3, padding = 1, groups = 16, bias = true })
    x = net.conv(x, "c", { out = 16, kernel = 5, stride = 4, padding = 2, groups = 16, bias = true })
    x = net.conv(x, "d", { out = 2, kernel = 1, bias = true })
    return net.linear(net.flatten(x), "fc", { out = 10 })
  end,
  loss = net.cross_entropy {},
  train = { optimizer = net.sgd { lr = 0.1 }, epochs = 1 },
}

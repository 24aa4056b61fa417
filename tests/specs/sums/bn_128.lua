-- Batch norms over 16384 positions; no relu, which rounding could tip.
return net.model {
  name = "bn_128",
  input = {
    batch = 8, height = 128, width = 128, channels = 3,
    mean = { 0.4914, 0.4822, 0.4465 }, std = { 0.2470, 0.2435, 0.2616 },
  },
  forward = function(image)
    local x = net.bn(net.conv(image, "a", { out = 8, kernel = 3, padding = 1 }), "an")
    x = net.bn(net.conv(x, "b", { out = 4, kernel = 5, stride = 2, padding = 2 }), "bn")
    x = net.conv(x, "c", { out = 2, kernel = 3, stride = 4, padding = 1 })
    return net.linear(net.flatten(x), "fc", { out = 10 })
  end,
  loss = net.cross_entropy {},
  train = { optimizer = net.sgd { lr = 0.1 }, epochs = 1 },
}

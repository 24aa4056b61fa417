-- 3x3 convolutions of stride 2, which go by phases.
return net.model {
  name = "phases",
  input = {
    batch = 16, height = 16, width = 16, channels = 3,
    mean = { 0.4914, 0.4822, 0.4465 }, std = { 0.2470, 0.2435, 0.2616 },
  },
  forward = function(image)
    local x = net.conv(image, "a", { out = 128, kernel = 3, padding = 1 })
    x = net.conv(x, "b", { out = 256, kernel = 3, stride = 2, padding = 1 })
    x = net.conv(x, "c", { out = 512, kernel = 3, stride = 2, padding = 1 })
    return net.linear(net.flatten(x), "fc", { out = 10 })
  end,
  loss = net.cross_entropy {},
  train = { optimizer = net.sgd { lr = 0.1 }, epochs = 1 },
}

-- 5x5 convolutions, and 3x3 ones of images of 3x3, which algorithms of fewer products take.
return net.model {
  name = "five_and_three",
  input = {
    batch = 8, height = 16, width = 16, channels = 3,
    mean = { 0.4914, 0.4822, 0.4465 }, std = { 0.2470, 0.2435, 0.2616 },
  },
  forward = function(image)
    local x = net.conv(image, "a", { out = 64, kernel = 3, padding = 1 })
    x = net.conv(x, "b", { out = 64, kernel = 5, padding = 2 })
    x = net.conv(x, "c", { out = 128, kernel = 5, padding = 2 })
    x = net.conv(x, "d", { out = 256, kernel = 3, stride = 6 })
    x = net.conv(x, "e", { out = 512, kernel = 3, padding = 1 })
    x = net.conv(x, "f", { out = 256, kernel = 3, padding = 1 })
    return net.linear(net.flatten(x), "fc", { out = 10 })
  end,
  loss = net.cross_entropy {},
  train = { optimizer = net.sgd { lr = 0.1 }, epochs = 1 },
}

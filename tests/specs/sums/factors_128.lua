-- A factor for each channel, whose gradient is a sum over all positions.
return net.model {
  name = "factors_128",
  input = {
    batch = 8, height = 128, width = 128, channels = 3,
    mean = { 0.4914, 0.4822, 0.4465 }, std = { 0.2470, 0.2435, 0.2616 },
  },
  forward = function(image)
    local x = net.conv(image, "a", { out = 16, kernel = 1, bias = true })
    x = x * net.sigmoid(net.conv(net.mean_pool(x), "b.gate", { out = 16, kernel = 1, bias = true }))
    x = net.conv(x, "c", { out = 2, kernel = 5, stride = 4, padding = 2 })
    return net.linear(net.flatten(x), "fc", { out = 10 })
  end,
  loss = net.cross_entropy {},
  train = { optimizer = net.sgd { lr = 0.1 }, epochs = 1 },
}

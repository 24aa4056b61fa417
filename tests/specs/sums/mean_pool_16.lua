-- Means over 256 positions.
return net.model {
  name = "mean_pool_16",
  input = { batch = 32, height = 16, width = 16, channels = 3, mean = { 0, 0, 0 }, std = { 1, 1, 1 } },
  forward = function(image)
    local x = net.conv(image, "a", { out = 16, kernel = 1, bias = true })
    x = net.conv(x, "b", { out = 8, kernel = 3, padding = 1, bias = true })
    return net.linear(net.mean_pool(x), "fc", { out = 10 })
  end,
  loss = net.cross_entropy {},
  train = { optimizer = net.sgd { lr = 0.1 }, epochs = 1 },
}

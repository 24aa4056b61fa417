-- Parts of the image of many positions.
return net.model {
  name = "adaptive_pool_128",
  input = {
    batch = 8, height = 128, width = 128, channels = 3,
    mean = { 0, 0, 0 }, std = { 1, 1, 1 },
  },
  forward = function(image)
    local x = net.conv(image, "a", { out = 16, kernel = 1, bias = true })
    x = net.adaptive_avg_pool(x, { size = 3 })
    return net.linear(net.flatten(x), "fc", { out = 10 })
  end,
  loss = net.cross_entropy {},
  train = { optimizer = net.sgd { lr = 0.1 }, epochs = 1 },
}

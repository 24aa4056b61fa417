-- Windows of 289 taps: which of them won is more than a byte holds.
return net.model {
  name = "max_pool_17x17",
  input = { batch = 2, height = 32, width = 32, channels = 3 },
  forward = function(image)
    local x = net.conv(image, "a", { out = 4, kernel = 3, padding = 1 })
    x = net.max_pool(x, { kernel = 17, stride = 5, padding = 8 })
    return net.linear(net.flatten(x), "fc", { out = 10 })
  end,
  loss = net.cross_entropy {},
  train = { optimizer = net.adam { lr = 1e-3 }, epochs = 1 },
}

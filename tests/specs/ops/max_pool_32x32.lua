-- One window over the whole image, of 1024 taps.
return net.model {
  name = "max_pool_32x32",
  input = { batch = 2, height = 32, width = 32, channels = 3 },
  forward = function(image)
    local x = net.conv(image, "a", { out = 4, kernel = 3, padding = 1 })
    x = net.max_pool(x, { kernel = 32 })
    return net.linear(net.flatten(x), "fc", { out = 10 })
  end,
  loss = net.cross_entropy {},
  train = { optimizer = net.adam { lr = 1e-3 }, epochs = 1 },
}

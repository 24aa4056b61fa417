-- The largest window there is, 65536 taps, of which the last one is where the image ends.
return net.model {
  name = "max_pool_256x256",
  input = { batch = 1, height = 257, width = 256, channels = 1 },
  forward = function(image)
    local x = net.conv(image, "a", { out = 2, kernel = 1 })
    x = net.max_pool(x, { kernel = 256, stride = 1 })
    return net.linear(net.flatten(x), "fc", { out = 4 })
  end,
  loss = net.cross_entropy {},
  train = { optimizer = net.adam { lr = 1e-3 }, epochs = 1 },
}

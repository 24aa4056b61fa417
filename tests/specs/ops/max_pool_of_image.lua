-- A pool as the first node needs no backward.
return net.model {
  name = "max_pool_of_image",
  input = { batch = 5, height = 8, width = 8, channels = 3 },
  forward = function(image)
    local x = net.max_pool(image, { kernel = 2 })
    x = net.conv(x, "a", { out = 5, kernel = 3, padding = 1 })
    return net.linear(net.mean_pool(x), "fc", { out = 10 })
  end,
  loss = net.cross_entropy {},
  train = { optimizer = net.adam { lr = 1e-3 }, epochs = 1 },
}

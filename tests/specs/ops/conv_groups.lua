-- Groups of 4 and 3 channels, with and without stride.
return net.model {
  name = "conv_groups",
  input = { batch = 5, height = 7, width = 6, channels = 8 },
  forward = function(image)
    local x = net.conv(image, "a", { out = 12, kernel = 3, padding = 1, groups = 2 })
    x = net.conv(x, "b", { out = 8, kernel = 3, stride = 2, padding = 1, groups = 4, bias = true })
    return net.linear(net.mean_pool(x), "fc", { out = 10 })
  end,
  loss = net.cross_entropy {},
  train = { optimizer = net.adam { lr = 1e-3 }, epochs = 1 },
}

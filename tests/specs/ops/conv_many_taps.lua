-- Thousands of taps, some of which read padding everywhere, through each algorithm for few channels.
return net.model {
  name = "conv_many_taps",
  input = { batch = 2, height = 33, width = 30, channels = 2 },
  forward = function(image)
    local x = net.conv(image, "a", { out = 3, kernel = { 33, 64 }, stride = { 4, 2 }, padding = { 16, 40 } })
    x = net.conv(x, "b", { out = 3, kernel = 25, groups = 3, padding = 12 })
    return net.linear(net.mean_pool(x), "fc", { out = 3 })
  end,
  loss = net.cross_entropy {},
  train = { optimizer = net.adam { lr = 1e-3 }, epochs = 1 },
}

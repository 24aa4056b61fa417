-- Windows that share values, also beyond the border.
return net.model {
  name = "max_pool_overlapping",
  input = { batch = 4, height = 9, width = 8, channels = 3 },
  forward = function(image)
    local x = net.conv(image, "a", { out = 6, kernel = 3, padding = 1 })
    x = net.max_pool(x, { kernel = 3, stride = 2, padding = 1 })
    x = net.max_pool(x, { kernel = { 2, 3 }, stride = 1, padding = { 1, 0 } })
    return net.linear(net.mean_pool(x), "fc", { out = 10 })
  end,
  loss = net.cross_entropy {},
  train = { optimizer = net.adam { lr = 1e-3 }, epochs = 1 },
}

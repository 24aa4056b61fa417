-- Pools whose last windows only partly fit.
return net.model {
  name = "pools_ceil",
  input = { batch = 4, height = 8, width = 7, channels = 3 },
  forward = function(image)
    local x = net.conv(image, "a", { out = 6, kernel = 3, padding = 1, bias = true })
    local y = net.max_pool(x, { kernel = 3, stride = 2, ceil_mode = true })
    local z = net.avg_pool(x, { kernel = 3, stride = 2, ceil_mode = true })
    y = net.avg_pool(y + z, { kernel = { 2, 3 }, stride = { 3, 2 }, padding = 1, ceil_mode = true })
    z = net.max_pool(z, { kernel = 2, stride = 3, padding = 1, ceil_mode = true })
    return net.linear(net.concat(net.flatten(y), net.flatten(z)), "fc", { out = 10 })
  end,
  loss = net.cross_entropy {},
  train = { optimizer = net.adam { lr = 1e-3 }, epochs = 1 },
}

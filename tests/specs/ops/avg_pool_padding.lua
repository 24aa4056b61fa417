-- Padding counts as zeros.
return net.model {
  name = "avg_pool_padding",
  input = { batch = 4, height = 7, width = 9, channels = 3 },
  forward = function(image)
    local x = net.conv(image, "a", { out = 6, kernel = 3, padding = 1 })
    x = net.avg_pool(x, { kernel = 3, stride = 2, padding = 1 })
    x = net.avg_pool(x, { kernel = { 2, 3 }, stride = { 1, 2 }, padding = { 1, 0 } })
    return net.linear(net.flatten(x), "fc", { out = 5 })
  end,
  loss = net.cross_entropy {},
  train = { optimizer = net.adam { lr = 1e-3 }, epochs = 1 },
}

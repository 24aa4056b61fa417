-- The batch norm's result is read by a relu and by others, so the two can't become one.
return net.model {
  name = "bn_shared",
  input = { batch = 4, height = 5, width = 5, channels = 3 },
  forward = function(image)
    local c = net.conv(image, "a", { out = 8, kernel = 3, padding = 1 })
    local b = net.bn(c, "bn")
    local x = net.add(net.relu(b), net.conv(b, "b", { out = 8, kernel = 3, padding = 1 }))
    x = net.add(net.bn(c, "again"), x)
    return net.linear(net.mean_pool(x), "fc", { out = 10 })
  end,
  loss = net.cross_entropy {},
  train = { optimizer = net.adam { lr = 1e-3 }, epochs = 1 },
}

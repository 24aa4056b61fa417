-- A tensor added to itself, and one with four readers.
return net.model {
  name = "add_twice",
  input = { batch = 4, height = 5, width = 5, channels = 3 },
  forward = function(image)
    local x = net.conv(image, "a", { out = 6, kernel = 3, padding = 1 })
    x = net.add(x, x)
    local y = net.add(net.relu(x), x)
    x = net.add(net.add(y, x), net.conv(x, "b", { out = 6, kernel = 3, padding = 1 }))
    return net.linear(net.mean_pool(x), "fc", { out = 10 })
  end,
  loss = net.cross_entropy {},
  train = { optimizer = net.adam { lr = 1e-3 }, epochs = 1 },
}

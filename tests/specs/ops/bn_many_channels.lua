-- Rows of channels that no stack would hold, through every form of batch norm.
return net.model {
  name = "bn_many_channels",
  input = { batch = 3, height = 1, width = 2, channels = 1 },
  forward = function(image)
    local x = net.conv(image, "a", { out = 2048, kernel = 1 })
    local y = net.relu(net.bn(x, "b"))
    y = net.bn(net.max_pool(y, { kernel = { 1, 2 }, padding = { 0, 1 }, stride = 1 }), "c")
    y = net.bn(net.conv(y, "d", { out = 2048, kernel = { 1, 2 }, groups = 2048 }), "e")
    y = net.relu(net.add(y, x))
    return net.linear(net.mean_pool(y), "fc", { out = 3 })
  end,
  freeze = { "e" },
  loss = net.cross_entropy {},
  train = { optimizer = net.adam { lr = 1e-3 }, epochs = 1 },
}

-- More channels than one register tile, and not a multiple of any.
return net.model {
  name = "conv_many_channels",
  input = { batch = 5, height = 4, width = 4, channels = 3 },
  forward = function(image)
    local x = net.relu(net.bn(net.conv(image, "a", { out = 67, kernel = 3, padding = 1 }), "bn"))
    x = net.conv(x, "b", { out = 130, kernel = 3, stride = 2, padding = 1 })
    return net.linear(net.mean_pool(x), "fc", { out = 10 })
  end,
  loss = net.cross_entropy {},
  train = { optimizer = net.adam { lr = 1e-3 }, epochs = 1 },
}

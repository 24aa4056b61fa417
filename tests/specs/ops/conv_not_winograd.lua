-- What Winograd's algorithm would take, but for dilation, and but for its padding.
return net.model {
  name = "conv_not_winograd",
  input = { batch = 2, height = 8, width = 8, channels = 3 },
  forward = function(image)
    local x = net.conv(image, "stem", { out = 64, kernel = 1 })
    x = net.relu(net.bn(net.conv(x, "a", { out = 64, kernel = 3, dilation = 2, padding = 2 }), "bn"))
    x = net.relu(net.conv(x, "b", { out = 64, kernel = 3, padding = { top = 1, left = 1, bottom = 1, right = 3 } }))
    x = net.conv(x, "c", { out = 64, kernel = 3, dilation = { 1, 2 }, padding = 1 })
    return net.linear(net.mean_pool(x), "fc", { out = 10 })
  end,
  loss = net.cross_entropy {},
  train = { optimizer = net.adam { lr = 1e-3 }, epochs = 1 },
}

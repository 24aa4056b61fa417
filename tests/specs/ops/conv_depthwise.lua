-- One channel a group, then 1x1 over all; the second depthwise makes two outputs of each input.
return net.model {
  name = "conv_depthwise",
  input = { batch = 4, height = 6, width = 6, channels = 3 },
  forward = function(image)
    local x = net.conv(image, "a", { out = 3, kernel = 3, padding = 1, groups = 3 })
    x = net.relu(net.bn(net.conv(x, "b", { out = 10, kernel = 1 }), "bn"))
    x = net.conv(x, "c", { out = 20, kernel = 5, stride = 2, padding = 2, groups = 10 })
    return net.linear(net.mean_pool(x), "fc", { out = 10 })
  end,
  loss = net.cross_entropy {},
  train = { optimizer = net.adam { lr = 1e-3 }, epochs = 1 },
}

-- Groups of 2 to 32 channels, alike on both sides and not; images that no tile divides.
return net.model {
  name = "conv_grouped_sizes",
  input = { batch = 5, height = 11, width = 9, channels = 3 },
  forward = function(image)
    local x = net.conv(image, "widen", { out = 24, kernel = 1 })
    x = net.conv(x, "of2", { out = 24, kernel = 3, padding = 1, groups = 12 })
    x = net.relu(net.bn(net.conv(x, "of4", { out = 24, kernel = 3, padding = 1, groups = 6 }), "bn"))
    x = net.add(x, net.conv(x, "of8", { out = 24, kernel = { 3, 5 }, padding = { 1, 2 }, groups = 3 }))
    x = net.conv(x, "of4to8", { out = 48, kernel = 3, stride = 2, padding = 1, groups = 6, bias = true })
    x = net.conv(x, "of8to4", { out = 24, kernel = 3, stride = { 1, 2 }, padding = 1, groups = 6 })
    x = net.conv(x, "of4to16", { out = 96, kernel = 2, groups = 6 })
    x = net.conv(x, "of16", { out = 96, kernel = 3, padding = 1, groups = 6, bias = true })
    x = net.conv(x, "of32", { out = 96, kernel = 1, groups = 3 })
    x = net.conv(x, "of3", { out = 96, kernel = 3, padding = 1, groups = 32 })
    return net.linear(net.mean_pool(x), "fc", { out = 10 })
  end,
  loss = net.cross_entropy {},
  train = { optimizer = net.adam { lr = 1e-3 }, epochs = 1 },
}

-- Depthwise kernels of 1 to 5, strides of 1 to 3, two and four outputs of each input; images that no tile divides,
-- channels that no vector divides.
return net.model {
  name = "conv_depthwise_sizes",
  input = { batch = 5, height = 11, width = 9, channels = 3 },
  forward = function(image)
    local x = net.conv(image, "widen", { out = 20, kernel = 1 })
    x = net.conv(x, "k3", { out = 20, kernel = 3, padding = 1, groups = 20 })
    x = net.relu(net.bn(net.conv(x, "k2", { out = 20, kernel = 2, padding = 1, groups = 20 }), "bn"))
    x = net.add(x, net.conv(x, "k5", { out = 20, kernel = 5, padding = 2, groups = 20, bias = true }))
    x = net.conv(x, "twice", { out = 40, kernel = { 3, 4 }, stride = { 2, 1 }, padding = { 1, 2 }, groups = 20 })
    x = net.conv(x, "k1s2", { out = 40, kernel = 1, stride = 2, groups = 40 })
    x = net.conv(x, "gaps", { out = 160, kernel = 2, stride = { 1, 3 }, padding = 1, groups = 40, bias = true })
    x = net.conv(x, "dead", { out = 160, kernel = 5, stride = 2, padding = 2, groups = 160 })
    return net.linear(net.mean_pool(x), "fc", { out = 10 })
  end,
  loss = net.cross_entropy {},
  train = { optimizer = net.adam { lr = 1e-3 }, epochs = 1 },
}

-- A 1x1 kernel with stride 2 reads a quarter of its input; the rest has no gradient.
return net.model {
  name = "conv_stride2_1x1",
  input = { batch = 6, height = 8, width = 8, channels = 3 },
  forward = function(image)
    local x = net.conv(image, "a", { out = 16, kernel = 3, padding = 1 })
    x = net.conv(x, "b", { out = 32, kernel = 1, stride = 2 })
    return net.linear(net.mean_pool(x), "fc", { out = 10 })
  end,
  loss = net.cross_entropy {},
  train = { optimizer = net.adam { lr = 1e-3 }, epochs = 1 },
}

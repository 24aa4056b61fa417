-- Nothing is square, even or a power of two.
return net.model {
  name = "conv_odd_sizes",
  input = { batch = 7, height = 9, width = 5, channels = 3 },
  forward = function(image)
    local x = net.conv(image, "a", { out = 11, kernel = { 3, 2 }, stride = { 2, 1 }, padding = { 0, 1 }, bias = true })
    x = net.conv(net.relu(x), "b", { out = 13, kernel = { 1, 4 }, padding = { 0, 2 } })
    return net.linear(net.mean_pool(x), "fc", { out = 10 })
  end,
  loss = net.cross_entropy {},
  train = { optimizer = net.adam { lr = 1e-3 }, epochs = 1 },
}

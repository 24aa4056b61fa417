-- Taps apart, padding that differs by side, and as much as leaves the image as large as it is; few and many channels.
return net.model {
  name = "conv_dilation",
  input = { batch = 3, height = 9, width = 8, channels = 3 },
  forward = function(image)
    local x = net.conv(image, "a", { out = 16, kernel = { 3, 2 }, dilation = { 2, 3 }, padding = { 2, 1 }, bias = true })
    x = net.relu(net.bn(net.conv(x, "b", { out = 16, kernel = 4, padding = "same", groups = 4 }), "bn"))
    x = net.conv(x, "c", { out = 64, kernel = 3, padding = "same", dilation = 2 })
    x = net.relu(net.conv(x, "d", { out = 64, kernel = 3, padding = { top = 1, left = 2, right = 1 }, stride = { 1, 2 } }))
    x = net.conv(x, "e", { out = 8, kernel = 3, dilation = 40, padding = 40 })
    return net.linear(net.mean_pool(x), "fc", { out = 10 })
  end,
  loss = net.cross_entropy {},
  train = { optimizer = net.adam { lr = 1e-3 }, epochs = 1 },
}

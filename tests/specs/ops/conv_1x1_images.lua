-- Of a 3x3 kernel on a 1x1 image one tap lives.
return net.model {
  name = "conv_1x1_images",
  input = { batch = 9, height = 1, width = 1, channels = 6 },
  forward = function(image)
    local x = net.relu(net.bn(net.conv(image, "a", { out = 20, kernel = 3, padding = 1 }), "bn"))
    x = net.conv(x, "b", { out = 12, kernel = 3, stride = 2, padding = 1 })
    return net.linear(net.flatten(x), "fc", { out = 5 })
  end,
  loss = net.cross_entropy {},
  train = { optimizer = net.adam { lr = 1e-3 }, epochs = 1 },
}

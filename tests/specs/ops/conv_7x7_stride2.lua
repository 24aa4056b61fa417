-- The stem of ResNet-18, small.
return net.model {
  name = "conv_7x7_stride2",
  input = { batch = 3, height = 17, width = 16, channels = 3 },
  forward = function(image)
    local x = net.relu(net.bn(net.conv(image, "conv1", { out = 24, kernel = 7, stride = 2, padding = 3 }), "bn1"))
    x = net.max_pool(x, { kernel = 3, stride = 2, padding = 1 })
    return net.linear(net.mean_pool(x), "fc", { out = 10 })
  end,
  loss = net.cross_entropy {},
  train = { optimizer = net.adam { lr = 1e-3 }, epochs = 1 },
}

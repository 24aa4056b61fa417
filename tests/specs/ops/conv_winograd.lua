-- 3x3 convolutions of 64 and more channels on even images, which Winograd's algorithm takes:
-- forward with and without statistics, gradients that are added, images that are no square,
-- more images than one unit handles.
return net.model {
  name = "conv_winograd",
  input = { batch = 19, height = 8, width = 12, channels = 3 },
  forward = function(image)
    local x = net.relu(net.conv(image, "conv1", { out = 64, kernel = 1 }))
    local y = net.relu(net.bn(net.conv(x, "conv2", { out = 72, kernel = 3, padding = 1 }), "bn2"))
    y = net.bn(net.conv(y, "conv3", { out = 64, kernel = 3, padding = 1 }), "bn3")
    y = net.relu(net.add(y, x))
    return net.linear(net.mean_pool(net.conv(y, "conv4", { out = 64, kernel = 3, padding = 1 })), "fc", { out = 10 })
  end,
  loss = net.cross_entropy {},
  train = { optimizer = net.sgd { lr = 0.05 }, epochs = 1 },
}

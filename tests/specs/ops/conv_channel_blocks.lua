-- Few positions and many channels: kernels share out channels instead, in all three directions.
return net.model {
  name = "conv_channel_blocks",
  input = { batch = 3, height = 2, width = 1, channels = 4 },
  forward = function(image)
    local x = net.relu(net.bn(net.conv(image, "a", { out = 128, kernel = 3, padding = 1 }), "bn"))
    x = net.conv(x, "b", { out = 256, kernel = 3, stride = { 2, 1 }, padding = 1 })
    x = net.conv(x, "c", { out = 128, kernel = 1, bias = true })
    return net.linear(net.flatten(x), "fc", { out = 5 })
  end,
  loss = net.cross_entropy {},
  train = { optimizer = net.adam { lr = 1e-3 }, epochs = 1 },
}

-- Stride larger than the kernel: inputs between the windows are never read.
return net.model {
  name = "conv_gaps",
  input = { batch = 4, height = 11, width = 10, channels = 3 },
  forward = function(image)
    local x = net.conv(image, "a", { out = 6, kernel = 3, padding = 1 })
    x = net.conv(x, "b", { out = 5, kernel = 2, stride = 3 })
    x = net.conv(x, "c", { out = 7, kernel = 1, stride = 2, padding = 1 })
    return net.linear(net.flatten(x), "fc", { out = 5 })
  end,
  loss = net.cross_entropy {},
  train = { optimizer = net.adam { lr = 1e-3 }, epochs = 1 },
}

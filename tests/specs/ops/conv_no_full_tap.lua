-- No tap of the second convolution meets every output: whoever writes first must not leave holes.
return net.model {
  name = "conv_no_full_tap",
  input = { batch = 3, height = 2, width = 2, channels = 2 },
  forward = function(image)
    local x = net.conv(image, "a", { out = 4, kernel = 3, padding = 1 })
    x = net.conv(x, "b", { out = 6, kernel = 2, padding = 1 })
    x = net.conv(x, "c", { out = 5, kernel = 2, stride = 2, padding = 1 })
    return net.linear(net.flatten(x), "fc", { out = 5 })
  end,
  loss = net.cross_entropy {},
  train = { optimizer = net.adam { lr = 1e-3 }, epochs = 1 },
}

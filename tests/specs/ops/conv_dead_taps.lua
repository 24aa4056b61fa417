-- On 2x2 images the outer taps of a 5x5 kernel see padding only, at stride 2 even more of them.
return net.model {
  name = "conv_dead_taps",
  input = { batch = 5, height = 2, width = 2, channels = 3 },
  forward = function(image)
    local x = net.relu(net.conv(image, "a", { out = 8, kernel = 5, padding = 2 }))
    x = net.conv(x, "b", { out = 7, kernel = 5, stride = 2, padding = 2, bias = true })
    return net.linear(net.flatten(x), "fc", { out = 5 })
  end,
  loss = net.cross_entropy {},
  train = { optimizer = net.adam { lr = 1e-3 }, epochs = 1 },
}

-- Kernels of 2, 4 and 6: no middle tap; some outputs have no tap that all others have.
return net.model {
  name = "conv_even_kernels",
  input = { batch = 4, height = 9, width = 8, channels = 2 },
  forward = function(image)
    local x = net.conv(image, "a", { out = 4, kernel = 2 })
    x = net.relu(net.conv(x, "b", { out = 6, kernel = 4, padding = 2 }))
    x = net.conv(x, "c", { out = 8, kernel = 6, stride = 2, padding = 3 })
    return net.linear(net.mean_pool(x), "fc", { out = 10 })
  end,
  loss = net.cross_entropy {},
  train = { optimizer = net.adam { lr = 1e-3 }, epochs = 1 },
}

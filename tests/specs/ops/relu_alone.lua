-- Relu after a convolution, after a relu, after a pool, and of the image.
return net.model {
  name = "relu_alone",
  input = { batch = 4, height = 6, width = 6, channels = 3 },
  forward = function(image)
    local x = net.relu(net.conv(net.relu(image), "a", { out = 8, kernel = 3, padding = 1, bias = true }))
    x = net.relu(net.relu(net.conv(x, "b", { out = 6, kernel = 3, padding = 1 })))
    x = net.relu(net.avg_pool(net.conv(x, "c", { out = 6, kernel = 1 }), { kernel = 2 }))
    return net.linear(net.mean_pool(x), "fc", { out = 10 })
  end,
  loss = net.cross_entropy {},
  train = { optimizer = net.adam { lr = 1e-3 }, epochs = 1 },
}

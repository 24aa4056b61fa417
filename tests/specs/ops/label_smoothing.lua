-- Targets mixed with the uniform distribution.
return net.model {
  name = "label_smoothing",
  input = { batch = 6, height = 4, width = 4, channels = 3 },
  forward = function(image)
    local x = net.relu(net.conv(image, "a", { out = 8, kernel = 3, padding = 1 }))
    return net.linear(net.mean_pool(x), "fc", { out = 10 })
  end,
  loss = net.cross_entropy { label_smoothing = 0.1 },
  train = { optimizer = net.adam { lr = 1e-3 }, epochs = 1 },
}

-- Targets mixed with the uniform distribution, and classes of unequal weights.
return net.model {
  name = "class_weights",
  input = { batch = 6, height = 4, width = 4, channels = 3 },
  forward = function(image)
    local x = net.relu(net.conv(image, "a", { out = 8, kernel = 3, padding = 1 }))
    return net.linear(net.mean_pool(x), "fc", { out = 5 })
  end,
  loss = net.cross_entropy { label_smoothing = 0.1, class_weights = { 1, 0.25, 3, 2.5, 0.7 } },
  train = { optimizer = net.adam { lr = 1e-3 }, epochs = 1 },
}

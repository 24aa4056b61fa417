-- Windows with room between them, after a relu whose zeros tie.
return net.model {
  name = "max_pool_gaps",
  input = { batch = 5, height = 10, width = 11, channels = 2 },
  forward = function(image)
    local x = net.relu(net.conv(image, "a", { out = 5, kernel = 3, padding = 1 }))
    x = net.max_pool(x, { kernel = 2, stride = 3 })
    return net.linear(net.flatten(x), "fc", { out = 5 })
  end,
  loss = net.cross_entropy {},
  train = { optimizer = net.adam { lr = 1e-3 }, epochs = 1 },
}

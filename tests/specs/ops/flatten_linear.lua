-- Flatten counts channel, height, width, whatever the order in memory.
return net.model {
  name = "flatten_linear",
  input = { batch = 5, height = 3, width = 4, channels = 2 },
  forward = function(image)
    local x = net.relu(net.conv(image, "a", { out = 5, kernel = 2 }))
    x = net.relu(net.linear(net.flatten(x), "hidden", { out = 17 }))
    return net.linear(x, "fc", { out = 3, bias = false })
  end,
  loss = net.cross_entropy {},
  train = { optimizer = net.adam { lr = 1e-3 }, epochs = 1 },
}

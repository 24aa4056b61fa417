-- Batch norm of 1x1: its values are the images alone.
return net.model {
  name = "bn_of_vectors",
  input = { batch = 8, height = 4, width = 4, channels = 3 },
  forward = function(image)
    local x = net.linear(net.flatten(image), "a", { out = 20 })
    x = net.relu(net.bn(x, "bn"))
    return net.linear(x, "fc", { out = 5 })
  end,
  loss = net.cross_entropy {},
  train = { optimizer = net.adam { lr = 1e-3 }, epochs = 1 },
}

-- A batch norm of values near 1000 that differ by little: squares would cancel to nothing in float32.
return net.model {
  name = "bn_far_from_zero",
  input = { batch = 6, height = 8, width = 8, channels = 3, mean = { -1000, -500, 1000 }, std = { 1, 1, 1 } },
  forward = function(image)
    local x = net.bn(image, "first")
    return net.linear(net.flatten(net.relu(x)), "fc", { out = 5 })
  end,
  loss = net.cross_entropy {},
  train = { optimizer = net.adam { lr = 1e-3 }, epochs = 1 },
}

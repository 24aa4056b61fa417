-- One image a step.
return net.model {
  name = "batch_one",
  input = { batch = 1, height = 6, width = 5, channels = 3 },
  forward = function(image)
    local x = net.relu(net.bn(net.conv(image, "a", { out = 9, kernel = 3, padding = 1 }), "bn"))
    return net.linear(net.mean_pool(x), "fc", { out = 10 })
  end,
  loss = net.cross_entropy {},
  train = { optimizer = net.adam { lr = 1e-3 }, epochs = 1 },
}

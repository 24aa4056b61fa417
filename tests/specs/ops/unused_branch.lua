-- What does not reach the loss is not run: neither values nor gradients of it exist.
return net.model {
  name = "unused_branch",
  input = { batch = 4, height = 5, width = 5, channels = 3 },
  forward = function(image)
    local x = net.relu(net.bn(net.conv(image, "a", { out = 8, kernel = 3, padding = 1 }), "bn"))
    net.max_pool(net.relu(x), { kernel = 2 })
    net.add(net.avg_pool(x, { kernel = 3, stride = 1, padding = 1 }), x)
    return net.linear(net.mean_pool(x), "fc", { out = 10 })
  end,
  loss = net.cross_entropy {},
  train = { optimizer = net.adam { lr = 1e-3 }, epochs = 1 },
}

-- Sums of a tensor and a batch norm of it: two gradients into one tensor, in either order, with and without relu,
-- on the image, behind a dropout that drops nothing, and frozen.
return net.model {
  name = "bn_of_itself",
  input = { batch = 4, height = 5, width = 5, channels = 6 },
  forward = function(image)
    local x = net.add(image, net.bn(image, "of_image"))
    x = net.conv(x, "a", { out = 6, kernel = 3, padding = 1 })
    x = net.add(x, net.bn(x, "right"))
    x = net.relu(net.add(net.bn(x, "left"), x))
    x = net.add(x, net.bn(net.dropout(x, { p = 0 }), "behind"))
    x = net.relu(net.add(x, net.bn(x, "frozen")))
    x = net.add(x, net.relu(net.bn(x, "cut")))
    return net.linear(net.mean_pool(x), "fc", { out = 10 })
  end,
  freeze = { "frozen" },
  loss = net.cross_entropy {},
  train = { optimizer = net.adam { lr = 1e-3 }, epochs = 1 },
}

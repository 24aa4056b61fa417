-- Frozen layers between trained ones pass gradients on: convolutions and batch norms with every company
-- that fuse_ops gives them, pools, a linear layer.
return net.model {
  name = "freeze_middle",
  input = { batch = 6, height = 8, width = 8, channels = 3 },
  forward = function(image)
    local function branch(x, name)
      return net.bn(net.conv(x, name .. ".conv", { out = 8, kernel = 3, padding = 1 }), name .. ".bn")
    end
    local x = net.relu(branch(image, "a"))
    x = net.relu(net.add(branch(x, "b"), x))
    x = net.max_pool(net.add(x, branch(x, "c")), { kernel = 2 })
    x = net.relu(branch(x, "e"))
    x = net.bn(x, "alone")
    x = net.relu(net.add(branch(x, "f"), branch(x, "g")))
    x = net.relu(net.linear(net.mean_pool(x), "hidden", { out = 9 }))
    return net.linear(x, "fc", { out = 5 })
  end,
  freeze = { "b", "c", "e", "alone", "g", "hidden" },
  loss = net.cross_entropy {},
  train = { optimizer = net.sgd { lr = 0.05, momentum = 0.9, weight_decay = 0.02 }, epochs = 1 },
}

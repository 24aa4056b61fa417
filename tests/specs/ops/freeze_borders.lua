-- Where trained and frozen ways meet: sums of which only one side needs a gradient, on either side; a frozen
-- layer that ends the network.
return net.model {
  name = "freeze_borders",
  input = { batch = 6, height = 6, width = 6, channels = 3 },
  forward = function(image)
    local function branch(x, name)
      return net.bn(net.conv(x, name .. ".conv", { out = 6, kernel = 3, padding = 1 }), name .. ".bn")
    end
    local still = net.relu(branch(image, "still"))
    local a = net.relu(net.add(net.bn(net.conv(image, "half", { out = 6, kernel = 1 }), "trained"), still))
    local b = net.relu(net.add(a, net.bn(still, "on_fixed")))
    local c = net.relu(net.add(b, net.bn(net.conv(still, "side", { out = 6, kernel = 1 }), "on_side")))
    local e = net.add(still, branch(c, "last"))
    return net.linear(net.mean_pool(net.add(e, still)), "fc", { out = 5 })
  end,
  freeze = { "still", "half", "on_fixed", "side", "fc" },
  loss = net.cross_entropy {},
  train = { optimizer = net.adam { lr = 1e-3, weight_decay = 0.05 }, epochs = 1 },
}

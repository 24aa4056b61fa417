-- A frozen prefix, layers that are frozen later, their averages going on, and,
-- between trained layers, a frozen block with dropout, dead taps in both and beside them.
local block = net.block(function(x, out)
  local y = net.bn(net.conv(x, "conv", { out = out, kernel = 5, padding = 2 }), "bn")
  return net.dropout(net.relu(net.add(y, x)))
end)

return net.model {
  name = "frozen",
  input = { batch = 2, height = 4, width = 4, channels = 3 },
  forward = function(image)
    local x = net.relu(net.bn(net.conv(image, "conv1", { out = 4, kernel = 3, padding = 1 }), "bn1"))
    x = net.max_pool(x, { kernel = 2 })
    x = net.relu(net.bn(net.conv(x, "conv2", { out = 4, kernel = 5, padding = 2 }), "bn2"))
    return net.linear(net.mean_pool(block(x, "one", 4)), "fc", { out = 3 })
  end,
  freeze = { "conv1", "bn1", "one" },
  freeze_after = { conv2 = 0.5, bn2 = 0.5, ["fc.bias"] = 1 },
  loss = net.cross_entropy {},
  train = { optimizer = net.sgd { lr = 0.1, momentum = 0.9, weight_decay = 5e-4 }, epochs = 2, ema_decay = 0.9 },
}

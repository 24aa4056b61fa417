-- A frozen block: its dropout drops nothing, and one that ends the network may be in it. Decay by factors.
local hidden = net.block(function(x, out)
  return net.dropout(net.relu(net.bn(net.linear(x, "fc", { out = out }), "bn")), { p = 0.25 })
end)

return net.model {
  name = "freeze_block",
  input = { batch = 6, height = 2, width = 2, channels = 3 },
  forward = function(image)
    local x = net.relu(net.conv(image, "conv", { out = 6, kernel = 5, padding = 2 }))
    return hidden(hidden(net.flatten(x), "one", 12), "two", 5)
  end,
  freeze = { "one", "two" },
  loss = net.cross_entropy {},
  train = { optimizer = net.sgd { lr = 0.05, momentum = 0.9, weight_decay = 0.02 }, epochs = 1 },
}

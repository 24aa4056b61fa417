-- A vector that two layers read; dropout of nothing.
return net.model {
  name = "linear_shared",
  input = { batch = 7, height = 3, width = 3, channels = 2 },
  forward = function(image)
    local x = net.dropout(net.flatten(image), { p = 0 })
    x = net.linear(x, "a", { out = 33 })
    local y = net.add(net.relu(net.linear(net.relu(x), "b", { out = 33 })), x)
    return net.linear(net.flatten(y), "fc", { out = 10 })
  end,
  loss = net.cross_entropy {},
  train = { optimizer = net.adam { lr = 1e-3 }, epochs = 1 },
}

-- Random in training, nothing in evaluation.
return net.model {
  name = "dropout",
  input = { batch = 6, height = 4, width = 4, channels = 3 },
  forward = function(image)
    local x = net.relu(net.bn(net.conv(image, "a", { out = 8, kernel = 3, padding = 1 }), "bn"))
    x = net.dropout(x, { p = 0.25 })
    x = net.relu(net.linear(net.flatten(x), "hidden", { out = 24 }))
    return net.linear(net.dropout(x), "fc", { out = 5 })
  end,
  loss = net.cross_entropy {},
  train = { optimizer = net.adam { lr = 1e-3 }, epochs = 1 },
}

-- RMSprop by the deviation, with momentum.
return net.model {
  name = "update_rmsprop_centered",
  input = { batch = 4, height = 2, width = 2, channels = 3 },
  forward = function(image)
    local x = net.relu(net.bn(net.conv(image, "a", { out = 8, kernel = 5, padding = 2 }), "bn"))
    x = net.conv(x, "b", { out = 6, kernel = 3, stride = 2, padding = 1, bias = true })
    return net.linear(net.flatten(x), "fc", { out = 5 })
  end,
  loss = net.cross_entropy {},
  train = {
    optimizer = net.rmsprop { lr = 1e-2, alpha = 0.9, eps = 1e-2, momentum = 0.9, centered = true, weight_decay = 0.1 },
    epochs = 1, ema_decay = 0.9 },
}

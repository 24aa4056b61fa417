-- No linear layer: the mean is the logits.
return net.model {
  name = "mean_pool_as_logits",
  input = { batch = 6, height = 5, width = 7, channels = 3 },
  forward = function(image)
    local x = net.relu(net.bn(net.conv(image, "a", { out = 12, kernel = 3, padding = 1 }), "bn"))
    return net.mean_pool(net.conv(x, "b", { out = 4, kernel = 1, bias = true }))
  end,
  loss = net.cross_entropy {},
  train = { optimizer = net.adam { lr = 1e-3 }, epochs = 1 },
}

-- A batch norm with relu that a convolution applies as it loads bf16, in tiles inside the image and in those that meet padding. One layer
-- alone has a kink.
return net.model {
  name = "bf16_on_load",
  input = { batch = 5, height = 13, width = 14, channels = 3 },
  forward = function(image)
    local x = net.silu(net.bn(net.conv(image, "stem", { out = 32, kernel = 3, padding = 1 }), "bn0"))
    x = net.relu(net.bn(net.conv(x, "a", { out = 32, kernel = 3, padding = 1, bias = false }), "bn1"))
    x = net.silu(net.bn(net.conv(x, "b", { out = 32, kernel = 3, padding = 1, bias = false }), "bn2"))
    return net.linear(net.mean_pool(x), "fc", { out = 10 })
  end,
  loss = net.cross_entropy {},
  train = { optimizer = net.sgd { lr = 0.05 }, epochs = 1 },
}

-- Few images and many channels, so that transforms and products of bf16 are units of their own, and U is never there as a whole.
return net.model {
  name = "bf16_apart",
  input = { batch = 4, height = 4, width = 5, channels = 3 },
  forward = function(image)
    local x = net.silu(net.conv(image, "stem", { out = 128, kernel = 1 }))
    local y = net.silu(net.bn(net.conv(x, "conv1", { out = 128, kernel = 3, padding = 1 }), "bn1"))
    y = net.conv(y, "conv2", { out = 128, kernel = 3, padding = 1 })
    return net.linear(net.mean_pool(net.silu(net.add(x, y))), "fc", { out = 10 })
  end,
  loss = net.cross_entropy {},
  train = { optimizer = net.sgd { lr = 0.1 }, epochs = 1 },
}

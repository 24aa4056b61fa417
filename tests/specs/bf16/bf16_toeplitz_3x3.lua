-- Images of 3x3, whose products may be of bf16: channels that fill no vector and more than a panel, an odd number of them, which makes
-- no pairs, a gradient that is added, odd images, no batch norm. Nothing has a kink, for bf16 would fall on its other side.
return net.model {
  name = "bf16_toeplitz_3x3",
  input = { batch = 5, height = 6, width = 6, channels = 3 },
  forward = function(image)
    local x = net.silu(net.conv(image, "stem", { out = 34, kernel = 3, stride = 2, padding = 1 }))
    local y = net.silu(net.conv(x, "a", { out = 80, kernel = 3, padding = 1 }))
    y = net.add(net.silu(net.conv(y, "b", { out = 34, kernel = 3, padding = 1 })), x)
    y = net.silu(net.conv(net.silu(net.conv(y, "c", { out = 21, kernel = 3, padding = 1 })), "d", { out = 64, kernel = 3, padding = 1 }))
    return net.linear(net.mean_pool(y), "fc", { out = 10 })
  end,
  loss = net.cross_entropy {},
  train = { optimizer = net.sgd { lr = 0.05 }, epochs = 1 },
}

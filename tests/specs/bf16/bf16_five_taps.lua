-- 5x5 convolutions whose products may be of bf16: images that no tile divides, padding of 0 to 2, channels that fill no vector and
-- more than a panel, an odd number of them, which makes no pairs, statistics, a gradient that is added, odd images in a unit.
-- Nothing has a kink, for bf16 would fall on its other side.
return net.model {
  name = "bf16_five_taps",
  input = { batch = 5, height = 9, width = 7, channels = 3 },
  forward = function(image)
    local x = net.silu(net.conv(image, "stem", { out = 34, kernel = 1 }))
    local y = net.silu(net.bn(net.conv(x, "a", { out = 80, kernel = 5, padding = 2 }), "bn1"))
    y = net.add(net.silu(net.bn(net.conv(y, "b", { out = 34, kernel = 5, padding = 2 }), "bn2")), x)
    y = net.silu(net.conv(y, "c", { out = 48, kernel = 5, padding = 1 }))
    y = net.silu(net.conv(net.conv(y, "d", { out = 21, kernel = 5, padding = 2 }), "e", { out = 32, kernel = 5, padding = 0 }))
    return net.linear(net.mean_pool(y), "fc", { out = 10 })
  end,
  loss = net.cross_entropy {},
  train = { optimizer = net.sgd { lr = 0.05 }, epochs = 1 },
}

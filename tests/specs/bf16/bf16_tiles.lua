-- 3x3 convolutions whose products may be of bf16: images that no tile divides, padding of 0 to 2, channels that fill no vector
-- and more than a panel, an odd number of them, which makes no pairs, statistics, a gradient that is added, odd images in a unit.
-- Nothing has a kink, for bf16 would fall on its other side.
return net.model {
  name = "bf16_tiles",
  input = { batch = 5, height = 9, width = 7, channels = 3 },
  forward = function(image)
    local x = net.silu(net.conv(image, "stem", { out = 30, kernel = 1 }))
    local y = net.silu(net.bn(net.conv(x, "a", { out = 34, kernel = 3, padding = 1 }), "bn1"))
    y = net.silu(net.bn(net.conv(y, "b", { out = 50, kernel = 3, padding = 1 }), "bn2"))
    y = net.silu(net.conv(y, "c", { out = 48, kernel = 3, padding = 0 }))
    y = net.concat(net.silu(net.conv(y, "d", { out = 32, kernel = 3, padding = 2 })),
      net.silu(net.conv(x, "e", { out = 58, kernel = 3, padding = 1 })))
    y = net.bn(net.conv(y, "f", { out = 64, kernel = 3, stride = 2, padding = 1 }), "bn3")
    y = net.silu(net.conv(net.conv(y, "g", { out = 21, kernel = 3, padding = 1 }), "h", { out = 32, kernel = 3, padding = 1 }))
    return net.linear(net.mean_pool(y), "fc", { out = 10 })
  end,
  loss = net.cross_entropy {},
  train = { optimizer = net.sgd { lr = 0.05 }, epochs = 1 },
}

-- More of what is kept in bf16: windows that overlap, a concatenation one part of which is float, channels of zeros, a batch norm that is
-- frozen, a padded convolution of 1x1. Nothing has a kink.
return net.model {
  name = "bf16_parts",
  input = { batch = 5, height = 9, width = 7, channels = 3 },
  forward = function(image)
    local x = net.silu(net.conv(image, "stem", { out = 24, kernel = 1 }))
    local y = net.avg_pool(net.silu(net.conv(x, "a", { out = 20, kernel = 1, bias = false })), { kernel = 3, stride = 1, padding = 1 })
    local wide = net.conv(x, "b", { out = 18, kernel = 5, padding = 2, bias = true }) -- to which the products of taps are added
    x = net.concat(y, wide, x)
    y = net.pad_channels(net.conv(x, "c", { out = 17, kernel = 1, bias = false }), { before = 2, after = 3, stride = 2 })
    x = net.silu(net.add(net.bn(net.conv(x, "d", { out = 22, kernel = 1, stride = 2, bias = false }), "bn"), y))
    x = net.silu(net.conv(x, "e", { out = 30, kernel = 1, padding = 1, bias = true }))
    return net.linear(net.mean_pool(x), "fc", { out = 10 })
  end,
  freeze = { "bn" },
  loss = net.cross_entropy {},
  train = { optimizer = net.sgd { lr = 0.05 }, epochs = 1 },
}

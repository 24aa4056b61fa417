-- What is kept in bf16 beside what 3x3 convolutions touch: convolutions of 1x1, with and without a bias, of stride 1 and 2, a tensor
-- that two branches read, so that gradients are added, a sum joined to a batch norm and one alone, an odd number of channels. Nothing
-- has a kink, and layers are few: what is rounded adds up.
return net.model {
  name = "bf16_narrow",
  input = { batch = 5, height = 9, width = 7, channels = 3 },
  forward = function(image)
    local x = net.silu(net.bn(net.conv(image, "stem", { out = 24, kernel = 3, padding = 1 }), "bn0"))
    local y = net.silu(net.conv(x, "a", { out = 33, kernel = 1, bias = false }))
    x = net.silu(net.add(net.bn(net.conv(y, "b", { out = 24, kernel = 1, bias = true }), "bn1"), x))
    y = net.gelu(net.bn(net.conv(x, "c", { out = 37, kernel = 1, stride = 2 }), "bn2"))
    x = net.silu(net.add(y, net.conv(x, "d", { out = 37, kernel = 1, stride = 2, bias = true })))
    return net.linear(net.mean_pool(x), "fc", { out = 10 })
  end,
  loss = net.cross_entropy {},
  train = { optimizer = net.sgd { lr = 0.05 }, epochs = 1 },
}

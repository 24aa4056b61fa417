-- What a layer of fixed weights may do on store: sums with what it reads itself, with another layer's output, functions after
-- them, norms that fold and such as do not.
return net.model {
  name = "fixed_stores",
  input = { batch = 4, height = 9, width = 7, channels = 3 },
  forward = function(image)
    local x = net.relu6(net.conv(image, "stem", { out = 8, kernel = 3, padding = 1, bias = true }))
    x = net.relu(net.bn(net.conv(x, "alone", { out = 8, kernel = 3, padding = 1 }), "norm") + x)
    x = net.conv(x, "own", { out = 8, kernel = 3, padding = 1 }) + x
    local left = net.conv(x, "left", { out = 8, kernel = 1 })
    x = net.silu(left + net.conv(x, "right", { out = 8, kernel = 3, padding = 1, groups = 8, bias = true }))
    local shared = net.conv(x, "shared", { out = 8, kernel = 3, padding = 1 })
    x = net.add(net.bn(shared, "first"), net.bn(shared, "second", { eps = 0.1 }))
    x = net.conv(net.bn(x, "before"), "deep", { out = 16, kernel = 3, stride = 2, groups = 4, bias = true })
    x = net.leaky_relu(net.bn(x, "after"), { slope = 0.2 })
    local y = net.gelu(net.bn(net.linear(net.mean_pool(x), "narrow", { out = 12 }), "of_vectors"))
    return net.linear(y, "fc", { out = 5 }) * 0.5
  end,
  loss = net.cross_entropy {},
  train = { optimizer = net.sgd { lr = 0.1 }, epochs = 1 },
}

-- Products: of two tensors, of one with itself, with a factor for each channel on either side (squeeze-and-excite), with a
-- number; sums of three and more.
return net.model {
  name = "mul",
  input = { batch = 5, height = 5, width = 4, channels = 3 },
  forward = function(image)
    local a = net.bn(net.conv(image, "a", { out = 8, kernel = 3, padding = 1 }), "bn")
    local b = net.conv(image, "b", { out = 8, kernel = 3, padding = 1, bias = true })
    local s = net.sigmoid(net.linear(net.relu(net.linear(net.mean_pool(a), "squeeze", { out = 3 })), "excite", { out = 8 }))
    local x = net.add(a * s, net.mul(s, b), a * b, b * b, 0.5 * a)
    x = net.relu(net.bn(net.conv(x, "c", { out = 8, kernel = 3, padding = 1 }), "bn2") * s + x)
    x = net.mean_pool(x)
    return net.linear(x * s + x * x, "fc", { out = 10 })
  end,
  loss = net.cross_entropy {},
  train = { optimizer = net.adam { lr = 1e-3 }, epochs = 1 },
}

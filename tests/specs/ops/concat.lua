-- Channels side by side: of the image, of one tensor twice, of ones that others read, too, and of vectors.
return net.model {
  name = "concat",
  input = { batch = 5, height = 5, width = 6, channels = 3 },
  forward = function(image)
    local a = net.conv(image, "a", { out = 8, kernel = 3, padding = 1, bias = true })
    local b = net.relu(net.bn(net.conv(a, "b", { out = 5, kernel = 1 }), "bn"))
    local x = net.concat(a, b, image, a)
    x = net.concat(net.relu(net.bn(net.conv(x, "c", { out = 12, kernel = 3, padding = 1 }), "bn2")), x)
    local y = net.concat(net.mean_pool(x), net.mean_pool(b))
    return net.linear(y, "fc", { out = 10 })
  end,
  loss = net.cross_entropy {},
  train = { optimizer = net.adam { lr = 1e-3 }, epochs = 1 },
}

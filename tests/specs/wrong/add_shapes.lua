-- SPEC:8: add: left is 16x16x4 (a), right is 32x32x8 (b)
return net.model {
  name = "wrong", loss = net.cross_entropy {}, input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { optimizer = net.adam {}, epochs = 1 },
  forward = function(image)
    local a = net.conv(image, "a", { out = 4, kernel = 3, stride = 2, padding = 1 })
    local b = net.conv(image, "b", { out = 8, kernel = 1 })
    local x = net.add(a, b)
    return net.linear(net.flatten(x), "fc", { out = 10 })
  end,
}

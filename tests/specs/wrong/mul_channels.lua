-- SPEC:7: mul: left is 1x1x3 (mean), right is 16x16x4 (a); they must be alike, or one of them 1x1
return net.model {
  name = "wrong", loss = net.cross_entropy {}, input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { optimizer = net.adam {}, epochs = 1 },
  forward = function(image)
    local a = net.conv(image, "a", { out = 4, kernel = 3, stride = 2, padding = 1 })
    local x = net.mean_pool(image) * a
    return net.linear(net.flatten(x), "fc", { out = 10 })
  end,
}

-- SPEC:7: concat: image is 32x32, but a is 16x16; all must have one height and width
return net.model {
  name = "wrong", loss = net.cross_entropy {}, input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { optimizer = net.adam {}, epochs = 1 },
  forward = function(image)
    local a = net.conv(image, "a", { out = 4, kernel = 3, stride = 2, padding = 1 })
    local x = net.concat(image, a)
    return net.linear(net.flatten(x), "fc", { out = 10 })
  end,
}

-- SPEC:6: max_pool: padding 2x2 is more than half the kernel 3x3
return net.model {
  name = "wrong", loss = net.cross_entropy {}, input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { optimizer = net.adam {}, epochs = 1 },
  forward = function(image)
    local x = net.max_pool(image, { kernel = 3, padding = 2 })
    return net.linear(net.flatten(x), "fc", { out = 10 })
  end,
}

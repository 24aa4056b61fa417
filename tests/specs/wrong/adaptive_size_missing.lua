-- SPEC:6: adaptive_avg_pool: size is missing; it is an integer from 1 to 256, or two: {height, width}
return net.model {
  name = "wrong", loss = net.cross_entropy {}, input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { optimizer = net.adam {}, epochs = 1 },
  forward = function(image)
    local x = net.adaptive_avg_pool(image)
    return net.linear(net.flatten(x), "fc", { out = 10 })
  end,
}

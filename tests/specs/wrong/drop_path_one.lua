-- SPEC:6: drop_path: p must be a number at least 0 and below 1, not 1
return net.model {
  name = "wrong", loss = net.cross_entropy {}, input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { optimizer = net.adam {}, epochs = 1 },
  forward = function(image)
    local x = net.drop_path(image, { p = 1 })
    return net.linear(net.flatten(x), "fc", { out = 10 })
  end,
}

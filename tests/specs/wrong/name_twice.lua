-- SPEC:7: bn: name "bn1" is taken by the bn of line 6; each layer has weights of its own, which can't be shared
return net.model {
  name = "wrong", loss = net.cross_entropy {}, input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { optimizer = net.adam {}, epochs = 1 },
  forward = function(image)
    local x = net.bn(image, "bn1")
    x = net.bn(x, "bn1")
    return net.linear(net.flatten(x), "fc", { out = 10 })
  end,
}

-- SPEC:7: bn: name "a.weight" is taken by the parameter of line 6
return net.model {
  name = "wrong", loss = net.cross_entropy {}, input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { optimizer = net.adam {}, epochs = 1 },
  forward = function(image)
    local x = net.bn(image, "a")
    x = net.bn(x, "a.weight")
    return net.linear(net.flatten(x), "fc", { out = 10 })
  end,
}

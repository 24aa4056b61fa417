-- SPEC:7: relu relu: nothing that forward returns depends on it
return net.model {
  name = "wrong", loss = net.cross_entropy {}, input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { optimizer = net.adam {}, epochs = 1 },
  forward = function(image)
    local x = net.bn(image, "bn1")
    net.relu(x)
    return net.linear(net.flatten(x), "fc", { out = 10 })
  end,
}

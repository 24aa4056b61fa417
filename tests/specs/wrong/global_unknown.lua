-- SPEC:6: relu is not available in a spec and was not set
return net.model {
  name = "wrong", loss = net.cross_entropy {}, input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { optimizer = net.adam {}, epochs = 1 },
  forward = function(image)
    local x = relu(image)
    return net.linear(net.flatten(x), "fc", { out = 10 })
  end,
}

-- SPEC:6: relu: x must be a value of the model, not what net.adam made
return net.model {
  name = "wrong", loss = net.cross_entropy {}, input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { optimizer = net.adam {}, epochs = 1 },
  forward = function(image)
    local x = net.relu(net.adam {})
    return net.linear(net.flatten(x), "fc", { out = 10 })
  end,
}

-- SPEC:7: values of the model and what net.* makes cannot be changed
return net.model {
  name = "wrong", loss = net.cross_entropy {}, input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { optimizer = net.adam {}, epochs = 1 },
  forward = function(image)
    local x = net.relu(image)
    x.channels = 5
    return net.linear(net.flatten(x), "fc", { out = 10 })
  end,
}

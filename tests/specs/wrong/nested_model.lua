-- SPEC:7: model: forward cannot hold another model
return net.model {
  name = "wrong", loss = net.cross_entropy {}, input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { optimizer = net.adam {}, epochs = 1 },
  forward = function(image)
    local x = net.relu(image)
    net.model { name = "b", loss = net.cross_entropy {}, input = { batch = 1, height = 1, width = 1, channels = 1 },
      train = { optimizer = net.adam {}, epochs = 1 }, forward = function(i) return i end }
    return net.linear(net.flatten(x), "fc", { out = 10 })
  end,
}

-- SPEC:6: values of the model can be added, a + b, multiplied, a * b, and given to words of net; Lua can do nothing else with them
return net.model {
  name = "wrong", loss = net.cross_entropy {}, input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { optimizer = net.adam {}, epochs = 1 },
  forward = function(image)
    local x = image(2)
    return net.linear(net.flatten(x), "fc", { out = 10 })
  end,
}

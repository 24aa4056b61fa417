-- SPEC:6: scale: factor must be a number, not a value of the model
return net.model {
  name = "wrong", loss = net.cross_entropy {}, input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { optimizer = net.adam {}, epochs = 1 },
  forward = function(image)
    local x = net.scale(image, image)
    return net.linear(net.flatten(x), "fc", { out = 10 })
  end,
}

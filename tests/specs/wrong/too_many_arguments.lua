-- SPEC:6: mul: takes 2 arguments, {} is one too many
return net.model {
  name = "wrong", loss = net.cross_entropy {}, input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { optimizer = net.adam {}, epochs = 1 },
  forward = function(image)
    local x = net.mul(image, image, image)
    return net.linear(net.flatten(x), "fc", { out = 10 })
  end,
}

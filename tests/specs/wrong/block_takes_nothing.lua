-- SPEC:2: block: its function must take a value, as in function(x)
local two = net.block(function() return 1 end)
return net.model {
  name = "wrong", loss = net.cross_entropy {}, input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { optimizer = net.adam {}, epochs = 1 },
  forward = function(image)
    return net.linear(net.flatten(image), "fc", { out = 10 })
  end,
}

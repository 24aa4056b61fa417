-- SPEC:2: two b: returns 2 values; it must return one, its result
local two = net.block(function(x) return net.relu(x), x end)
return net.model {
  name = "wrong", loss = net.cross_entropy {}, input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { optimizer = net.adam {}, epochs = 1 },
  forward = function(image)
    local x = two(image, "b")
    return net.linear(net.flatten(x), "fc", { out = 10 })
  end,
}

-- SPEC:2: odd b: what it returns must be a value of the model, not nil
local odd = net.block(function(x) net.relu(x) end)
return net.model {
  name = "wrong", loss = net.cross_entropy {}, input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { optimizer = net.adam {}, epochs = 1 },
  forward = function(image)
    local x = odd(image, "b")
    return net.linear(net.flatten(x), "fc", { out = 10 })
  end,
}

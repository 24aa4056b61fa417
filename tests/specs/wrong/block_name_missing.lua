-- SPEC:7: same: needs a name, a string such as "same1", not nil
local same = net.block(function(x) return net.relu(x) end)
return net.model {
  name = "wrong", loss = net.cross_entropy {}, input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { optimizer = net.adam {}, epochs = 1 },
  forward = function(image)
    local x = same(image)
    return net.linear(net.flatten(x), "fc", { out = 10 })
  end,
}

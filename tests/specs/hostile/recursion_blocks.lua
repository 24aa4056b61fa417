-- SPEC:4: deeper: name "a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a..." is longer than 100 letters
local deeper
deeper = net.block(function(x)
  local y = deeper(net.relu(x), "a")
  return y
end)
return net.model {
  name = "wrong", loss = net.cross_entropy {}, input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { optimizer = net.adam {}, epochs = 1 },
  forward = function(image)
    return deeper(image, "a")
  end,
}

-- SPEC:19: add: b is a value of another model
local seen
local m = net.model {
  name = "wrong",
  loss = net.cross_entropy {},
  input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { optimizer = net.adam {}, epochs = 1 },
  forward = function(image)
    seen = image
    return net.linear(net.flatten(image), "fc", { out = 10 })
  end,
}
return net.model {
  name = "wrong",
  loss = net.cross_entropy {},
  input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { optimizer = net.adam {}, epochs = 1 },
  forward = function(image)
    return net.linear(net.flatten(net.add(image, seen)), "fc", { out = 10 })
  end,
}

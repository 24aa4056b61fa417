-- SPEC:13: relu: layers belong inside forward
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
net.relu(seen)
return m

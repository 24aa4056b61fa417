-- SPEC:2: block: needs a function, not {}
local odd = net.block {}
return net.model {
  name = "wrong", loss = net.cross_entropy {}, input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { optimizer = net.adam {}, epochs = 1 },
  forward = function(image)
    local x = image
    return net.linear(net.flatten(x), "fc", { out = 10 })
  end,
}

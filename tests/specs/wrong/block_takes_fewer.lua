-- SPEC:7: two b: takes 3 arguments, 5 is one too many
local two = net.block(function(x, out) return net.conv(x, "c", { out = out, kernel = 1 }) end)
return net.model {
  name = "wrong", loss = net.cross_entropy {}, input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { optimizer = net.adam {}, epochs = 1 },
  forward = function(image)
    local x = two(image, "b", 3, 5)
    return net.linear(net.flatten(x), "fc", { out = 10 })
  end,
}

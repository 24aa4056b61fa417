-- SPEC:6: conv a: padding must be an integer from 0 to 256, two: {height, width}, {top =, bottom =, left =, right =} or "same", not a table
return net.model {
  name = "wrong", loss = net.cross_entropy {}, input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { optimizer = net.adam {}, epochs = 1 },
  forward = function(image)
    local x = net.conv(image, "a", { out = 4, kernel = 3, padding = { top = 1, lower = 1 } })
    return net.linear(net.flatten(x), "fc", { out = 10 })
  end,
}

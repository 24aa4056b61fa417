-- SPEC:7: relu has channels, height and width, but no "chanels"
return net.model {
  name = "wrong", loss = net.cross_entropy {}, input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { optimizer = net.adam {}, epochs = 1 },
  forward = function(image)
    local x = net.relu(image)
    x = net.conv(x, "c", { out = x.chanels, kernel = 1 })
    return net.linear(net.flatten(x), "fc", { out = 10 })
  end,
}

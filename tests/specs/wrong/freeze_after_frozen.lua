-- SPEC:2: model freeze_after: conv1.weight has nothing that is trained
return net.model {
  name = "wrong", loss = net.cross_entropy {}, input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { optimizer = net.adam {}, epochs = 1 }, freeze = { "conv1" }, freeze_after = { ["conv1.weight"] = 2 },
  forward = function(image)
    local x = net.conv(image, "conv1", { out = 4, kernel = 3 })
    return net.linear(net.flatten(x), "fc", { out = 10 })
  end,
}

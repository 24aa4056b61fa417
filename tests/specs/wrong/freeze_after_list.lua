-- SPEC:2: model: freeze_after must be a table { ["name"] = epochs }, each a number above 0 and at most 1000000, not { "conv1" }
return net.model {
  name = "wrong", loss = net.cross_entropy {}, input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { optimizer = net.adam {}, epochs = 1 }, freeze_after = { "conv1" },
  forward = function(image)
    local x = net.conv(image, "conv1", { out = 4, kernel = 3 })
    return net.linear(net.flatten(x), "fc", { out = 10 })
  end,
}

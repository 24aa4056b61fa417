-- SPEC:2: model: freeze must be a list of names of layers and parameters, not { "fc", 1 }
return net.model {
  name = "wrong",
  loss = net.cross_entropy {},
  input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { epochs = 2, optimizer = net.adam {} },
  freeze = { "fc", 1 },
  forward = function(image)
    local x = net.relu(net.bn(net.conv(image, "layer1.0.conv1", { out = 8, kernel = 3 }), "layer1.0.bn1"))
    return net.linear(net.flatten(x), "fc", { out = 10 })
  end,
}

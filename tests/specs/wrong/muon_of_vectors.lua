-- SPEC:7: muon: moves matrices, but fc.bias is a vector; give it a group with another optimizer
return net.model {
  name = "wrong",
  loss = net.cross_entropy {},
  input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { epochs = 10,
    optimizer = net.muon {},
    groups = { net.group { parameters = { "conv1.*" }, optimizer = net.sgd {} } },
  },
  forward = function(image)
    local x = net.conv(image, "conv1", { out = 4, kernel = 3, bias = true })
    return net.linear(net.flatten(x), "fc", { out = 3 })
  end,
}

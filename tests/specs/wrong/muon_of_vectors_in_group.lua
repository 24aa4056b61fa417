-- SPEC:8: muon: moves matrices, but conv1.bias is a vector; give it a group with another optimizer
return net.model {
  name = "wrong",
  loss = net.cross_entropy {},
  input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { epochs = 10,
    optimizer = net.sgd {},
    groups = { net.group { parameters = { "conv1.*" }, optimizer = net.muon {} } },
  },
  forward = function(image)
    local x = net.conv(image, "conv1", { out = 4, kernel = 3, bias = true })
    return net.linear(net.flatten(x), "fc", { out = 3 })
  end,
}

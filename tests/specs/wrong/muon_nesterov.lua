-- SPEC:7: muon: nesterov needs momentum above 0; say nesterov = false
return net.model {
  name = "wrong",
  loss = net.cross_entropy {},
  input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { epochs = 10,
    optimizer = net.muon { momentum = 0 },

  },
  forward = function(image)
    local x = net.conv(image, "conv1", { out = 4, kernel = 3, bias = true })
    return net.linear(net.flatten(x), "fc", { out = 3 })
  end,
}

-- SPEC:8: group: momentum_factor is of the model's momentum, which is 0
return net.model {
  name = "wrong",
  loss = net.cross_entropy {},
  input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { epochs = 10, optimizer = net.sgd {},
    groups = { 
      net.group { parameters = { "*.bias" }, momentum_factor = 0.5 },
    } },
  forward = function(image)
    local x = net.conv(image, "conv1", { out = 4, kernel = 3, bias = true })
    return net.linear(net.flatten(x), "fc", { out = 3 })
  end,
}

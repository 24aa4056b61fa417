-- SPEC:8: group: the schedule moves a part of the model's lr, which is 0; give that a number
return net.model {
  name = "wrong",
  loss = net.cross_entropy {},
  input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { epochs = 10, optimizer = net.sgd { lr = 0 },
    groups = { 
      net.group { parameters = { "*.bias" }, optimizer = net.sgd {} },
    } },
  forward = function(image)
    local x = net.conv(image, "conv1", { out = 4, kernel = 3, bias = true })
    return net.linear(net.flatten(x), "fc", { out = 3 })
  end,
}

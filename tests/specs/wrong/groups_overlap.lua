-- SPEC:9: group: conv1.bias is both "conv1*" and "*.bias" of a group before; each parameter has one group
return net.model {
  name = "wrong",
  loss = net.cross_entropy {},
  input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { epochs = 10, optimizer = net.adam {},
    groups = { 
      net.group { parameters = { "*.bias" }, lr_factor = 2 },
      net.group { parameters = { "conv1*" }, lr_factor = 3 },
    } },
  forward = function(image)
    local x = net.conv(image, "conv1", { out = 4, kernel = 3, bias = true })
    return net.linear(net.flatten(x), "fc", { out = 3 })
  end,
}

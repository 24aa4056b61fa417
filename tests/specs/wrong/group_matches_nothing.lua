-- SPEC:8: group: no parameter is called "conv2.*"; the first is conv1.weight, the last fc.bias
return net.model {
  name = "wrong",
  loss = net.cross_entropy {},
  input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { epochs = 10, optimizer = net.adam {},
    groups = { 
      net.group { parameters = { "*.bias", "conv2.*" }, lr_factor = 2 },
    } },
  forward = function(image)
    local x = net.conv(image, "conv1", { out = 4, kernel = 3, bias = true })
    return net.linear(net.flatten(x), "fc", { out = 3 })
  end,
}

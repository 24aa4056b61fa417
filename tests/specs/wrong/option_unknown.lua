-- SPEC:6: conv conv1: unknown option "colour"; options are: out, kernel, stride, padding, dilation, groups, bias, init, bias_init
return net.model {
  name = "wrong", loss = net.cross_entropy {}, input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { optimizer = net.adam {}, epochs = 1 },
  forward = function(image)
    local x = net.conv(image, "conv1", { out = 4, kernel = 3, colour = "red" })
    return net.linear(net.flatten(x), "fc", { out = 10 })
  end,
}

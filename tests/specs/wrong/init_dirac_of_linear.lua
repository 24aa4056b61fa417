-- SPEC:7: linear fc: init must be "pytorch", "kaiming_normal_fan_in", "kaiming_normal_fan_out", "kaiming_uniform_fan_in", "kaiming_uniform_fan_out", "xavier_normal", "xavier_uniform" or "zeros", or made by net.normal or net.uniform, not what net.dirac makes
return net.model {
  name = "wrong", loss = net.cross_entropy {}, input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { optimizer = net.adam {}, epochs = 1 },
  forward = function(image)
    local x = net.conv(image, "a", { out = 4, kernel = 2, bias = true })
    return net.linear(net.flatten(x), "fc", { out = 10, init = net.dirac {} })
  end,
}

-- SPEC:6: conv conv1: init must be "pytorch", "kaiming_normal_fan_in", "kaiming_normal_fan_out", "kaiming_uniform_fan_in", "kaiming_uniform_fan_out", "xavier_normal", "xavier_uniform" or "zeros", or made by net.normal, net.uniform, net.dirac or net.whitening, not "kaiming_normal_fan_ou"; did you mean kaiming_normal_fan_out?
return net.model {
  name = "wrong", loss = net.cross_entropy {}, input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { optimizer = net.adam {}, epochs = 1 },
  forward = function(image)
    local x = net.conv(image, "conv1", { out = 4, kernel = 3, init = "kaiming_normal_fan_ou" })
    return net.linear(net.flatten(x), "fc", { out = 10 })
  end,
}

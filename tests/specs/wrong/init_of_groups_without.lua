-- SPEC:7: group_norm b: bias_init is about the weight and the bias, of which affine = false has none
return net.model {
  name = "wrong", loss = net.cross_entropy {}, input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { optimizer = net.adam {}, epochs = 1 },
  forward = function(image)
    local x = net.conv(image, "a", { out = 4, kernel = 2, bias = true })
    x = net.group_norm(x, "b", { groups = 2, affine = false, bias_init = net.normal { std = 1 } })
    return net.linear(net.flatten(x), "fc", { out = 10 })
  end,
}

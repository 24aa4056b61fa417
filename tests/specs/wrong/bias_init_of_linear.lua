-- SPEC:7: linear fc: bias_init is about the bias, of which bias = false has none
return net.model {
  name = "wrong", loss = net.cross_entropy {}, input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { optimizer = net.adam {}, epochs = 1 },
  forward = function(image)
    local x = net.conv(image, "a", { out = 4, kernel = 2, bias = true })
    return net.linear(net.flatten(x), "fc", { out = 10, bias = false, bias_init = "zeros" })
  end,
}

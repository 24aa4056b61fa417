-- SPEC:7: bn b: init is about the weight and the bias, of which affine = false has none
return net.model {
  name = "wrong", loss = net.cross_entropy {}, input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { optimizer = net.adam {}, epochs = 1 },
  forward = function(image)
    local x = net.conv(image, "a", { out = 4, kernel = 2, bias = true })
    x = net.bn(x, "b", { affine = false, init = "zeros" })
    return net.linear(net.flatten(x), "fc", { out = 10 })
  end,
}

-- SPEC:6: bn b: scale is about the weight, of which affine = false has none
return net.model {
  name = "wrong", loss = net.cross_entropy {}, input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { optimizer = net.adam {}, epochs = 1 },
  forward = function(image)
    local x = net.bn(image, "b", { affine = false, scale = false })
    return net.linear(net.flatten(x), "fc", { out = 10 })
  end,
}

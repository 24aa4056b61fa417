-- SPEC:6: group_norm gn: 3 channels are not divisible by 2 groups
return net.model {
  name = "wrong", loss = net.cross_entropy {}, input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { optimizer = net.adam {}, epochs = 1 },
  forward = function(image)
    local x = net.group_norm(image, "gn", { groups = 2 })
    return net.linear(net.flatten(x), "fc", { out = 10 })
  end,
}

-- SPEC:8: bn bn1: batch 1 of 1x1x3 leaves one value a channel, which has no variance
return net.model {
  name = "wrong",
  loss = net.cross_entropy {},
  input = { batch = 1, height = 32, width = 32, channels = 3 },
  train = { optimizer = net.adam {}, epochs = 1 },
  forward = function(image)
    local x = net.bn(net.mean_pool(image), "bn1")
    return net.linear(x, "fc", { out = 10 })
  end,
}

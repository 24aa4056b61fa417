-- SPEC:9: linear fc: input is 32x32x3 (b), not 1x1; use flatten or mean_pool first
local same = net.block(function(x)
  return net.relu(x)
end)
return net.model {
  name = "wrong", loss = net.cross_entropy {}, input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { optimizer = net.adam {}, epochs = 1 },
  forward = function(image)
    return net.linear(
      same(image, "b"),
      "fc",
      { out = 10 })
  end,
}

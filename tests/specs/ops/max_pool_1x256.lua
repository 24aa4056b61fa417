-- The widest window of one row: 256 taps in a line.
return net.model {
  name = "max_pool_1x256",
  input = { batch = 2, height = 2, width = 260, channels = 3 },
  forward = function(image)
    local x = net.conv(image, "a", { out = 4, kernel = 3, padding = 1 })
    x = net.max_pool(x, { kernel = { 1, 256 }, stride = { 1, 3 } })
    return net.linear(net.flatten(x), "fc", { out = 10 })
  end,
  loss = net.cross_entropy {},
  train = { optimizer = net.adam { lr = 1e-3 }, epochs = 1 },
}

-- Batch norms without relu: of the image, in a row, after a bias that they cancel.
return net.model {
  name = "bn_alone",
  input = { batch = 6, height = 4, width = 5, channels = 3 },
  forward = function(image)
    local x = net.bn(image, "first")
    x = net.bn(net.conv(x, "a", { out = 7, kernel = 3, padding = 1, bias = true }), "second")
    x = net.bn(x, "third", { eps = 1e-3, momentum = 0.3 })
    return net.linear(net.flatten(x), "fc", { out = 5 })
  end,
  loss = net.cross_entropy {},
  train = { optimizer = net.adam { lr = 1e-3 }, epochs = 1 },
}

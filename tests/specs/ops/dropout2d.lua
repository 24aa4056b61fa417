-- Whole channels of images are cleared; the reference knows mean and variance of the logits.
return net.model {
  name = "dropout2d",
  input = { batch = 5, height = 4, width = 4, channels = 3 },
  forward = function(image)
    local x = net.relu(net.conv(image, "conv", { out = 6, kernel = 3, stride = 2, padding = 1, bias = true }))
    return net.linear(net.flatten(net.dropout2d(x, { p = 0.3 })), "fc", { out = 4 })
  end,
  loss = net.cross_entropy {},
  train = { optimizer = net.adam { lr = 1e-3 }, epochs = 1 },
}

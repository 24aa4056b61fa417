-- A dropout whose mean and variance show in the logits.
return net.model {
  name = "dropout_linear",
  input = { batch = 3, height = 4, width = 5, channels = 3 },
  forward = function(image)
    local x = net.dropout(net.flatten(image), { p = 0.3 })
    return net.linear(x, "fc", { out = 4 })
  end,
  loss = net.cross_entropy {},
  train = { optimizer = net.sgd { lr = 0.01 }, epochs = 1 },
}

-- A network with an op that --with softsign.lua adds.
return net.model {
  name = "softsign_net", loss = net.cross_entropy {}, input = { batch = 4, height = 6, width = 6, channels = 3 },
  train = { epochs = 1, optimizer = net.sgd { lr = 0.1 } },
  forward = function(image)
    local x = net.softsign(net.conv(image, "conv1", { out = 8, kernel = 3, padding = 1 }))
    x = x + net.softsign(net.relu(net.conv(x, "conv2", { out = 8, kernel = 3, padding = 1 })))
    return net.linear(net.mean_pool(x), "fc", { out = 10 })
  end,
}

-- What bilinear algorithms take though channels are no whole vectors: fewer inputs or outputs than a panel and more, blocks of a
-- weight's gradient that are none of vectors, statistics, a gradient that is added, images that no tile divides.
return net.model {
  name = "conv_parts_of_vectors",
  input = { batch = 5, height = 15, width = 12, channels = 3 },
  forward = function(image)
    local x = net.relu(net.conv(image, "stem", { out = 24, kernel = 1 }))
    local y = net.relu(net.bn(net.conv(x, "a", { out = 30, kernel = 3, padding = 1 }), "bn1"))
    y = net.concat(y, net.relu(net.conv(x, "b", { out = 57, kernel = 3, padding = 1 })))
    return net.linear(net.mean_pool(net.conv(y, "c", { out = 40, kernel = 3, padding = 1 })), "fc", { out = 10 })
  end,
  loss = net.cross_entropy {},
  train = { optimizer = net.sgd { lr = 0.05 }, epochs = 1 },
}

-- Bilinear convolutions of 256 channels, whose images' rows of V have gaps: in a core's cache and in memory, forward with a batch norm
-- applied on load, back to the inputs where they are the outputs' channels; images that no tile divides.
return net.model {
  name = "conv_rows_of_a_kib",
  input = { batch = 6, height = 7, width = 10, channels = 3 },
  forward = function(image)
    local x = net.relu(net.bn(net.conv(image, "stem", { out = 256, kernel = 1 }), "bn"))
    x = net.relu(net.bn(net.conv(x, "narrow", { out = 16, kernel = 3, padding = 1 }), "bn_narrow"))
    x = net.relu(net.bn(net.conv(x, "wide", { out = 256, kernel = 3, padding = 1 }), "bn_wide"))
    x = net.max_pool(x, { kernel = 2 })
    return net.linear(net.mean_pool(net.conv(x, "apart", { out = 64, kernel = 3, padding = 1 })), "fc", { out = 10 })
  end,
  loss = net.cross_entropy {},
  train = { optimizer = net.sgd { lr = 0.05 }, epochs = 1 },
}

-- Gradients of inputs for which units take only some images of a position, so much do their taps read: 130 images of 480
-- channels, with and without groups. 10 channels are taken by no algorithm of fewer products.
return net.model {
  name = "conv_images_cut",
  input = { batch = 130, height = 4, width = 3, channels = 3 },
  forward = function(image)
    local x = net.conv(image, "a", { out = 10, kernel = 1 })
    local whole = net.conv(x, "b", { out = 480, kernel = 3, padding = 1 })
    local parts = net.conv(x, "c", { out = 480, kernel = 3, padding = 1, groups = 2 })
    return net.linear(net.mean_pool(net.add(whole, parts)), "fc", { out = 10 })
  end,
  loss = net.cross_entropy {},
  train = { optimizer = net.sgd { lr = 0.1 }, epochs = 1 },
}

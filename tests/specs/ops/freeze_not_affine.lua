-- The same where convolutions before them are frozen: a norm without parameters still takes statistics of the batch.
return net.model {
  name = "freeze_not_affine",
  input = { batch = 5, height = 4, width = 5, channels = 3 },
  forward = function(image)
    local function conv(x, name) return net.conv(x, name, { out = 8, kernel = 3, padding = 1 }) end
    local plain, fixed = { affine = false }, { scale = false }
    local x = net.relu(net.bn(conv(image, "a"), "bn1", plain))
    x = net.relu(net.bn(conv(x, "b"), "bn2", fixed) + x)
    x = net.relu(x + net.bn(conv(x, "c"), "bn3", plain))
    x = net.relu(net.bn(conv(x, "d"), "bn4", fixed))
    x = net.bn(net.bn(conv(x, "e"), "bn5", plain), "bn6", { scale = false, eps = 0.1 })
    return net.linear(net.bn(net.mean_pool(x), "bn7", plain), "fc", { out = 10 })
  end,
  freeze = { "a", "c", "d", "bn4", "bn5" },
  loss = net.cross_entropy {},
  train = { optimizer = net.sgd { lr = 0.05, momentum = 0.9, weight_decay = 0.1, decay = "weights" }, epochs = 1 },
}

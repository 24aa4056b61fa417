-- Group norms of several groups, of one, of a group for each channel, without parameters, of vectors, of the image.
return net.model {
  name = "group_norm",
  input = { batch = 4, height = 5, width = 4, channels = 3 },
  forward = function(image)
    local function conv(x, name, out) return net.conv(x, name, { out = out, kernel = 3, padding = 1 }) end
    local x = net.group_norm(image, "gn0", { groups = 1 })
    x = net.relu(net.group_norm(conv(x, "a", 8), "gn1", { groups = 2 }))
    x = net.relu(net.group_norm(conv(x, "b", 40), "gn2", { groups = 1, eps = 0.01 }))
    x = net.silu(net.group_norm(conv(x, "c", 6), "gn3", { groups = 6 }))
    x = x + net.group_norm(conv(x, "d", 6), "gn4", { groups = 3, affine = false })
    x = net.group_norm(x, "gn5", { groups = 2 }) + x
    return net.linear(net.group_norm(net.mean_pool(x), "gn6", { groups = 1 }), "fc", { out = 10 })
  end,
  loss = net.cross_entropy {},
  train = { optimizer = net.sgd { lr = 0.05, momentum = 0.9, weight_decay = 0.1, decay = "weights" }, epochs = 1 },
}

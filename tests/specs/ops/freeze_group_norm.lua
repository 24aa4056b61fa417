-- Group norms that are frozen, below and above what is trained.
return net.model {
  name = "freeze_group_norm",
  input = { batch = 4, height = 5, width = 4, channels = 3 },
  forward = function(image)
    local function conv(x, name, out) return net.conv(x, name, { out = out, kernel = 3, padding = 1 }) end
    local x = net.relu(net.group_norm(conv(image, "a", 8), "gn1", { groups = 2 }))
    x = net.relu(net.group_norm(conv(x, "b", 6), "gn2", { groups = 3 }))
    x = net.relu(net.group_norm(conv(x, "c", 6), "gn3", { groups = 3, affine = false }))
    return net.linear(net.mean_pool(x), "fc", { out = 10 })
  end,
  freeze = { "a", "gn1", "gn2" },
  loss = net.cross_entropy {},
  train = { optimizer = net.sgd { lr = 0.05, momentum = 0.9, weight_decay = 0.1, decay = "weights" }, epochs = 1 },
}

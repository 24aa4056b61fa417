-- Muon of two groups, by two formulas: matrices of all forms, those of groups and with more outputs than what else there is, too.
return net.model {
  name = "update_muon_group",
  input = { batch = 4, height = 3, width = 3, channels = 4 },
  forward = function(image)
    local x = net.relu(net.bn(net.conv(image, "a", { out = 40, kernel = 1 }), "bn"))
    x = net.relu(net.conv(x, "b", { out = 20, kernel = 3, padding = 1, groups = 5 }))
    x = net.relu(net.conv(x, "c", { out = 20, kernel = 5, padding = 2, groups = 20 }))
    x = net.relu(net.linear(net.flatten(x), "d", { out = 90 }))
    return net.linear(net.relu(net.linear(x, "e", { out = 100 })), "fc", { out = 5 })
  end,
  loss = net.cross_entropy {},
  train = {
    optimizer = net.adamw { lr = 1e-2, eps = 1e-4, weight_decay = 0.1 },
    groups = {
      net.group {
        parameters = { "a.*", "b.weight", "c.weight", "d.weight" },
        optimizer = net.muon { lr = 0.02, weight_decay = 0.1, adjust_lr = "match_rms_adamw" },
      },
      net.group { parameters = { "e.weight" }, optimizer = net.muon { lr = 0.02, momentum = 0, nesterov = false, ns_steps = 2 } },
    },
    epochs = 1, clip_norm = 0.5,
  },
}

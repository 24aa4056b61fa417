-- Every op once, with options of its own: for tests/golden, so that a change of any shows.
local block = net.block(function(x, out)
  local y = net.relu(net.bn(net.conv(x, "conv1", { out = out, kernel = 3, padding = 1, groups = 2 }), "bn1"))
  y = net.bn(net.conv(y, "conv2", { out = out, kernel = { 1, 3 }, padding = { 0, 1 } }), "bn2", { eps = 1e-3 })
  return net.relu(net.add(x, y))
end)

return net.model {
  name = "every_op",
  input = { batch = 2, height = 12, width = 10, channels = 3, mean = { 0.5, 0.5, 0.5 }, std = { 0.25, 0.25, 0.25 } },
  forward = function(image)
    local x = net.relu(net.conv(image, "stem", { out = 8, kernel = 5, stride = 2, padding = 2, bias = true }))
    x = net.max_pool(x, { kernel = 3, stride = 2, padding = 1 })
    x = block(x, "one", 8)
    x = net.avg_pool(x, { kernel = 2, stride = 1 })
    x = net.group_norm(net.bn(x, "plain", { affine = false }), "groups", { groups = 2 })
    x = net.concat(net.silu(x), net.gelu(x), net.leaky_relu(x))
    x = net.mul(x, net.sigmoid(net.linear(net.relu6(net.mean_pool(x)), "excite", { out = 24 })))
    local padded = net.pad_channels(net.drop_path(x, { p = 0.1 }), { before = 1, after = 2, stride = 2 })
    x = net.concat(net.adaptive_avg_pool(x, { size = 1 }), net.adaptive_max_pool(net.dropout2d(padded), { size = 1 }))
    x = net.mul(x, net.leaky_relu(x)) * 0.5
    local pooled = net.linear(net.mean_pool(x), "pooled", { out = 6, bias = false })
    local flat = net.dropout(net.flatten(x), { p = 0.25 })
    return net.add(net.linear(flat, "fc", { out = 6 }), pooled)
  end,
  loss = net.cross_entropy { label_smoothing = 0.1 },
  train = { optimizer = net.sgd { lr = 0.1, momentum = 0.9, weight_decay = 5e-4, nesterov = true }, epochs = 2,
            schedule = net.one_cycle {}, augment = { crop_padding = 2, flip = true } },
}

-- No residuals, no batch norm: biases, groups, average pools, dropout and a hidden layer.
local relu = net.relu

return net.model {
  name  = "plain_cnn",
  input = { batch = 100, height = 32, width = 32, channels = 3, mean = { 0.5, 0.5, 0.5 }, std = { 0.25, 0.25, 0.25 } },
  forward = function(image)
    local x = relu(net.conv(image, "conv1", { out = 32, kernel = 5, padding = 2, bias = true }))
    x = net.avg_pool(x, { kernel = 3, stride = 2, padding = 1 })
    x = relu(net.conv(x, "conv2", { out = 64, kernel = 3, padding = 1, groups = 4, bias = true,
                                    init = "kaiming_uniform_fan_in" }))
    x = net.max_pool(x, { kernel = 2 })
    x = relu(net.conv(x, "conv3", { out = 64, kernel = { 3, 1 }, padding = { 1, 0 }, groups = 64, bias = true }))
    x = net.dropout(net.flatten(net.avg_pool(x, { kernel = 2 })), { p = 0.3 })
    x = net.dropout(relu(net.linear(x, "fc1", { out = 120 })))
    return net.linear(x, "fc2", { out = 10 })
  end,
  loss  = net.cross_entropy { label_smoothing = 0.05 },
  train = { optimizer = net.sgd { lr = 0.05, momentum = 0.9, nesterov = true, weight_decay = 5e-4 }, epochs = 30,
            schedule = net.one_cycle { max_momentum = 0.9 },
            augment = { flip = true } },
}

-- DenseNet-BC of 40 layers, growth rate 12 (Huang et al. 2017).
local conv, bn, relu = net.conv, net.bn, net.relu
local growth = 12

local bottleneck = net.block(function(x)
  local y = conv(relu(bn(x, "bn1")), "conv1", { out = 4 * growth, kernel = 1 })
  return net.concat(x, conv(relu(bn(y, "bn2")), "conv2", { out = growth, kernel = 3, padding = 1 }))
end)

local transition = net.block(function(x)
  x = conv(relu(bn(x, "bn1")), "conv1", { out = x.channels // 2, kernel = 1 })
  return net.avg_pool(x, { kernel = 2 })
end)

return net.model {
  name  = "densenet_bc40",
  input = { batch = 64, height = 32, width = 32, channels = 3 },
  forward = function(image)
    local x = conv(image, "conv1", { out = 2 * growth, kernel = 3, padding = 1 })
    for stage = 1, 3 do
      for i = 0, 5 do x = bottleneck(x, "block" .. stage .. ".layer." .. i) end
      if stage < 3 then x = transition(x, "trans" .. stage) end
    end
    return net.linear(net.avg_pool(relu(bn(x, "bn1")), { kernel = 8 }), "fc", { out = 10 })
  end,
  init  = "kaiming_normal_fan_out",
  loss  = net.cross_entropy {},
  train = { optimizer = net.sgd { lr = 0.1, momentum = 0.9, nesterov = true, weight_decay = 1e-4 }, epochs = 300,
            schedule = net.step { step_size = 150, gamma = 0.1 }, augment = { crop_padding = 4, flip = true } },
}

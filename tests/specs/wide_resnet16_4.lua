-- Wide ResNet-16-4 (Zagoruyko, Komodakis 2016), without dropout.
local conv, bn, relu = net.conv, net.bn, net.relu

local basic = net.block(function(x, out, stride)
  local y = relu(bn(x, "bn1"))
  local short = x.channels == out and x or conv(y, "convShortcut", { out = out, kernel = 1, stride = stride })
  y = relu(bn(conv(y, "conv1", { out = out, kernel = 3, stride = stride, padding = 1 }), "bn2"))
  return short + conv(y, "conv2", { out = out, kernel = 3, padding = 1 })
end)

return net.model {
  name  = "wide_resnet16_4",
  input = { batch = 128, height = 32, width = 32, channels = 3 },
  forward = function(image)
    local x = conv(image, "conv1", { out = 16, kernel = 3, padding = 1 })
    for stage = 1, 3 do
      for i = 0, 1 do x = basic(x, "block" .. stage .. ".layer." .. i, 32 << stage, stage > 1 and i == 0 and 2 or 1) end
    end
    return net.linear(net.mean_pool(relu(bn(x, "bn1"))), "fc", { out = 10 })
  end,
  init  = "kaiming_normal_fan_out",
  loss  = net.cross_entropy {},
  train = { optimizer = net.sgd { lr = 0.1, momentum = 0.9, nesterov = true, weight_decay = 5e-4 }, epochs = 200,
            schedule = net.step { step_size = 60, gamma = 0.2 }, augment = { crop_padding = 4, border = "reflect", flip = true } },
}

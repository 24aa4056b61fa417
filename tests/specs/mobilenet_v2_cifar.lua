-- torchvision's MobileNetV2 for images of 32x32: the first two strides are 1 (Sandler et al. 2018). Its dropout is left out.
local conv, bn, relu6 = net.conv, net.bn, net.relu6

local inverted = net.block(function(x, out, stride, expand)
  local y, hidden, at = x, x.channels * expand, 0
  if expand > 1 then
    y, at = relu6(bn(conv(y, "conv.0.0", { out = hidden, kernel = 1 }), "conv.0.1")), 1
  end
  y = conv(y, "conv." .. at .. ".0", { out = hidden, kernel = 3, stride = stride, padding = 1, groups = hidden })
  y = relu6(bn(y, "conv." .. at .. ".1"))
  y = bn(conv(y, "conv." .. at + 1, { out = out, kernel = 1 }), "conv." .. at + 2)
  return stride == 1 and x.channels == out and x + y or y
end)

-- expansion, channels, blocks, stride of the first
local stages = { { 1, 16, 1, 1 }, { 6, 24, 2, 1 }, { 6, 32, 3, 2 }, { 6, 64, 4, 2 }, { 6, 96, 3, 1 }, { 6, 160, 3, 2 }, { 6, 320, 1, 1 } }

return net.model {
  name  = "mobilenet_v2_cifar",
  input = { batch = 128, height = 32, width = 32, channels = 3 },
  forward = function(image)
    local x = relu6(bn(conv(image, "features.0.0", { out = 32, kernel = 3, padding = 1 }), "features.0.1"))
    local number = 1
    for _, stage in ipairs(stages) do
      local expand, out, blocks, stride = stage[1], stage[2], stage[3], stage[4]
      for i = 1, blocks do
        x = inverted(x, "features." .. number, out, i == 1 and stride or 1, expand)
        number = number + 1
      end
    end
    x = relu6(bn(conv(x, "features.18.0", { out = 1280, kernel = 1 }), "features.18.1"))
    return net.linear(net.mean_pool(x), "classifier.1", { out = 10 })
  end,
  init  = "kaiming_normal_fan_out",
  loss  = net.cross_entropy {},
  train = { optimizer = net.sgd { lr = 0.1, momentum = 0.9, weight_decay = 5e-4 }, epochs = 200,
            schedule = net.cosine {}, augment = { crop_padding = 4, flip = true } },
}

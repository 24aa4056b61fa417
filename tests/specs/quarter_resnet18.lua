-- ResNet-18 for 32x32 images at a quarter of its width, with the recipe of resnet18_cifar_onecycle.lua: to compare accuracies of
-- algorithms, seed by seed, in minutes (tests/speed/accuracy).
local conv, bn, relu, add = net.conv, net.bn, net.relu, net.add

local basic = net.block(function(x, out, stride)
  local short = x
  if stride ~= 1 or x.channels ~= out then
    short = bn(conv(x, "downsample.0", { out = out, kernel = 1, stride = stride }), "downsample.1")
  end
  local y = relu(bn(conv(x, "conv1", { out = out, kernel = 3, stride = stride, padding = 1 }), "bn1"))
  y = bn(conv(y, "conv2", { out = out, kernel = 3, padding = 1 }), "bn2")
  return relu(add(y, short))
end)

return net.model {
  name  = "quarter_resnet18",
  input = { batch = 128, height = 32, width = 32, channels = 3 },
  forward = function(image)
    local x = relu(bn(conv(image, "conv1", { out = 16, kernel = 3, padding = 1 }), "bn1"))
    for stage, width in ipairs { 16, 32, 64, 128 } do
      x = basic(x, "layer" .. stage .. ".0", width, stage > 1 and 2 or 1)
      x = basic(x, "layer" .. stage .. ".1", width, 1)
    end
    return net.linear(net.mean_pool(x), "fc", { out = 10 })
  end,
  init  = "kaiming_normal_fan_out",
  loss  = net.cross_entropy { label_smoothing = 0.1 },
  train = { optimizer = net.sgd { lr = 0.1, momentum = 0.9, nesterov = true, weight_decay = 5e-4 },
            schedule = net.one_cycle {}, epochs = 4,
            augment = { crop_padding = 4, flip = true } },
}

-- ResNet-50 (He et al. 2015) with the stem for images of 32x32: 3x3 of stride 1, no pool. Half of its products are 1x1.
local conv, bn, relu, add = net.conv, net.bn, net.relu, net.add

local bottleneck = net.block(function(x, width, stride)
  local out = 4 * width
  local y = relu(bn(conv(x, "conv1", { out = width, kernel = 1 }), "bn1"))
  y = relu(bn(conv(y, "conv2", { out = width, kernel = 3, stride = stride, padding = 1 }), "bn2"))
  y = bn(conv(y, "conv3", { out = out, kernel = 1 }), "bn3")
  local short = x
  if stride ~= 1 or x.channels ~= out then
    short = bn(conv(x, "downsample.0", { out = out, kernel = 1, stride = stride }), "downsample.1")
  end
  return relu(add(y, short))
end)

local stages = {
  { width = 64, depth = 3 }, { width = 128, depth = 4 }, { width = 256, depth = 6 }, { width = 512, depth = 3 },
}

return net.model {
  name  = "resnet50_cifar",
  input = { batch = 128, height = 32, width = 32, channels = 3 },
  forward = function(image)
    local x = relu(bn(conv(image, "conv1", { out = 64, kernel = 3, padding = 1 }), "bn1"))
    for number, stage in ipairs(stages) do
      for i = 0, stage.depth - 1 do
        x = bottleneck(x, "layer" .. number .. "." .. i, stage.width, (number > 1 and i == 0) and 2 or 1)
      end
    end
    return net.linear(net.mean_pool(x), "fc", { out = 10 })
  end,
  init  = "kaiming_normal_fan_out",
  loss  = net.cross_entropy {},
  train = { optimizer = net.adam { lr = 1e-3 }, epochs = 20, augment = { crop_padding = 4, flip = true } },
}

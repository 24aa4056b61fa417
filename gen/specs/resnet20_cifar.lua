-- ResNet-20 (He et al. 2015) for CIFAR-10: 269,722 parameters. Where a block halves the image, its shortcut is every second
-- position with zeros for the new channels (option A). Names as in the usual PyTorch version. The recipe is short:
-- 88.5 % after 15 epochs.
local conv, bn, relu = net.conv, net.bn, net.relu

local basic = net.block(function(x, out, stride)
  local y = relu(bn(conv(x, "conv1", { out = out, kernel = 3, stride = stride, padding = 1 }), "bn1"))
  y = bn(conv(y, "conv2", { out = out, kernel = 3, padding = 1 }), "bn2")
  if stride > 1 then x = net.pad_channels(x, { before = out // 4, after = out // 4, stride = stride }) end
  return relu(y + x)
end)

return net.model {
  name  = "resnet20_cifar",
  input = { batch = 128, height = 32, width = 32, channels = 3 },
  forward = function(image)
    local x = relu(bn(conv(image, "conv1", { out = 16, kernel = 3, padding = 1 }), "bn1"))
    for stage = 1, 3 do
      for i = 0, 2 do x = basic(x, "layer" .. stage .. "." .. i, 8 << stage, stage > 1 and i == 0 and 2 or 1) end
    end
    return net.linear(net.mean_pool(x), "linear", { out = 10 })
  end,
  init  = "kaiming_normal_fan_in",
  loss  = net.cross_entropy {},
  train = { optimizer = net.sgd { lr = 0.2, momentum = 0.9, nesterov = true, weight_decay = 5e-4 },
            schedule = net.one_cycle {}, epochs = 15,
            augment = { crop_padding = 4, flip = true } },
}

-- The network of resnet18_cifar.lua with a recipe of one cycle, 26 epochs by default; tests/README.md has what was measured.
--
-- For a short training (--epochs 5) the one cycle fits itself to its length. For a long one (50 epochs and
-- more) add `cutout = 8`: it needs many epochs to pay.
-- Averaging over mirrored images (`eval --tta flip`) comes on top, and is to be reported apart.
local conv, bn, relu, add = net.conv, net.bn, net.relu, net.add

-- Two 3x3 convolutions and a way around them. Where the block changes the shape,
-- a 1x1 convolution takes the short way so that both ends meet.
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
  name  = "resnet18_cifar_onecycle",
  input = { batch = 128, height = 32, width = 32, channels = 3 },
  forward = function(image)
    local x = relu(bn(conv(image, "conv1", { out = 64, kernel = 3, padding = 1 }), "bn1"))
    for stage, width in ipairs { 64, 128, 256, 512 } do
      x = basic(x, "layer" .. stage .. ".0", width, stage > 1 and 2 or 1)
      x = basic(x, "layer" .. stage .. ".1", width, 1)
    end
    return net.linear(net.mean_pool(x), "fc", { out = 10 })
  end,
  init  = "kaiming_normal_fan_out", -- as torchvision's residual networks
  loss  = net.cross_entropy { label_smoothing = 0.1 },
  train = { optimizer = net.sgd { lr = 0.1, momentum = 0.9, nesterov = true, weight_decay = 5e-4 },
            schedule = net.one_cycle {}, epochs = 26,
            augment = { crop_padding = 4, flip = true } },
}

-- torchvision's ResNet-18 with a hundred classes, on 32x32 images: 7x7 stem with stride 2, 3x3 max-pool,
-- four stages of two blocks.
-- A name given here is the name you will read in build/resnet18_cifar100/*.c and in the weights.
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
  name  = "resnet18_cifar100",
  input = { batch = 128, height = 32, width = 32, channels = 3,
            mean = { 0.5071, 0.4865, 0.4409 }, std = { 0.2673, 0.2564, 0.2762 } },
  -- A record of CIFAR-100 begins with the coarse label (20 classes) and the fine one.
  data  = { name = "CIFAR-100", classes = 100, label_bytes = 2, label = 2,
            train = { "train.bin" }, test = { "test.bin" }, class_names = "fine_label_names.txt" },
  forward = function(image)
    local x = relu(bn(conv(image, "conv1", { out = 64, kernel = 7, stride = 2, padding = 3 }), "bn1"))
    x = net.max_pool(x, { kernel = 3, stride = 2, padding = 1 })
    for stage, width in ipairs { 64, 128, 256, 512 } do
      x = basic(x, "layer" .. stage .. ".0", width, stage > 1 and 2 or 1)
      x = basic(x, "layer" .. stage .. ".1", width, 1)
    end
    return net.linear(net.mean_pool(x), "fc", { out = 100 })
  end,
  init  = "kaiming_normal_fan_out", -- as torchvision's residual networks
  loss  = net.cross_entropy {},
  train = { optimizer = net.adam { lr = 1e-3 }, epochs = 20,
            augment = { crop_padding = 4, flip = true } },
}

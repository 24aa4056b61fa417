-- A residual network of eight layers that a microcontroller trains in 512 KiB of memory, all included: resnet8_tiny with a
-- stem that halves the images, two images a step, SGD with momentum. tests/targets does that.
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
  name  = "resnet8_mcu",
  input = { batch = 2, height = 32, width = 32, channels = 3 },
  forward = function(image)
    local x = relu(bn(conv(image, "conv1", { out = 8, kernel = 3, stride = 2, padding = 1 }), "bn1"))
    for stage, width in ipairs { 8, 16, 32 } do
      x = basic(x, "layer" .. stage .. ".0", width, stage > 1 and 2 or 1)
    end
    return net.linear(net.mean_pool(x), "fc", { out = 10 })
  end,
  init  = "kaiming_normal_fan_out", -- as torchvision's residual networks
  loss  = net.cross_entropy {},
  train = { optimizer = net.sgd { lr = 2e-3, momentum = 0.9 }, epochs = 20,
            augment = { flip = true } },
}

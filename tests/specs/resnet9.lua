-- ResNet-9, known from fast CIFAR-10 training: convolutions in a row, two of the stages with a way around.
local function conv_bn(x, name, out)
  return net.relu(net.bn(net.conv(x, name .. ".0", { out = out, kernel = 3, padding = 1 }), name .. ".1"))
end

local residual = net.block(function(x)
  local y = conv_bn(x, "0", x.channels)
  return net.add(x, conv_bn(y, "1", x.channels))
end)

local pool = net.block(function(x, size)
  return net.max_pool(x, { kernel = size })
end)

return net.model {
  name  = "resnet9",
  input = { batch = 256, height = 32, width = 32, channels = 3 },
  forward = function(image)
    local x = conv_bn(image, "prep", 64)
    x = residual(pool(conv_bn(x, "conv1", 128), "pool1", 2), "res1")
    x = pool(conv_bn(x, "conv2", 256), "pool2", 2)
    x = residual(pool(conv_bn(x, "conv3", 512), "pool3", 2), "res3")
    return net.linear(net.flatten(pool(x, "pool4", 4)), "fc", { out = 10 })
  end,
  loss  = net.cross_entropy {},
  train = { optimizer = net.adam { lr = 1e-2, weight_decay = 1e-4 }, epochs = 24,
            schedule = net.one_cycle { pct_start = 0.2 },
            augment = { crop_padding = 4, flip = true } },
}

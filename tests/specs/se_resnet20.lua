-- ResNet-20 with squeeze-and-excite in each block (Hu, Shen, Sun 2018), reduction 16.
local conv, bn, relu = net.conv, net.bn, net.relu

local excite = net.block(function(x)
  local s = relu(net.linear(net.mean_pool(x), "fc.0", { out = x.channels // 16, bias = false }))
  return x * net.sigmoid(net.linear(s, "fc.2", { out = x.channels, bias = false }))
end)

local basic = net.block(function(x, out, stride)
  local y = relu(bn(conv(x, "conv1", { out = out, kernel = 3, stride = stride, padding = 1 }), "bn1"))
  y = excite(bn(conv(y, "conv2", { out = out, kernel = 3, padding = 1 }), "bn2"), "se")
  if x.channels ~= out then
    x = bn(conv(x, "downsample.0", { out = out, kernel = 1, stride = stride }), "downsample.1")
  end
  return relu(y + x)
end)

return net.model {
  name  = "se_resnet20",
  input = { batch = 64, height = 32, width = 32, channels = 3 },
  forward = function(image)
    local x = relu(bn(conv(image, "conv1", { out = 16, kernel = 3, padding = 1 }), "bn1"))
    for stage = 1, 3 do
      for i = 0, 2 do x = basic(x, "layer" .. stage .. "." .. i, 8 << stage, stage > 1 and i == 0 and 2 or 1) end
    end
    return net.linear(net.mean_pool(x), "fc", { out = 10 })
  end,
  init  = "kaiming_normal_fan_in",
  loss  = net.cross_entropy {},
  train = { optimizer = net.sgd { lr = 0.1, momentum = 0.9, weight_decay = 1e-4 }, epochs = 200,
            schedule = net.step { step_size = 80 }, augment = { crop_padding = 4, flip = true } },
}

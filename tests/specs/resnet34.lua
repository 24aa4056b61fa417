-- torchvision's ResNet-34 with ten classes.
local conv, bn, relu, add = net.conv, net.bn, net.relu, net.add

local basic = net.block(function(x, out, stride)
  local y = relu(bn(conv(x, "conv1", { out = out, kernel = 3, stride = stride, padding = 1 }), "bn1"))
  y = bn(conv(y, "conv2", { out = out, kernel = 3, padding = 1 }), "bn2")
  local short = x
  if stride ~= 1 or x.channels ~= out then
    short = bn(conv(x, "downsample.0", { out = out, kernel = 1, stride = stride }), "downsample.1")
  end
  return relu(add(y, short))
end)

return net.model {
  name  = "resnet34",
  input = { batch = 128, height = 32, width = 32, channels = 3 },
  forward = function(image)
    local x = relu(bn(conv(image, "conv1", { out = 64, kernel = 7, stride = 2, padding = 3 }), "bn1"))
    x = net.max_pool(x, { kernel = 3, stride = 2, padding = 1 })
    for stage, depth in ipairs { 3, 4, 6, 3 } do
      for i = 0, depth - 1 do
        x = basic(x, "layer" .. stage .. "." .. i, 32 * 2 ^ stage, (stage > 1 and i == 0) and 2 or 1)
      end
    end
    return net.linear(net.mean_pool(x), "fc", { out = 10 })
  end,
  init  = "kaiming_normal_fan_out",
  loss  = net.cross_entropy {},
  train = { optimizer = net.adamw { lr = 1e-3, weight_decay = 0.05 }, epochs = 30,
            schedule = net.cosine { warmup = 2, per = "step" },
            augment = { crop_padding = 4, flip = true } },
}

-- gen/specs/resnet8_tiny.lua with AdamW, as tests/torch/tiny.py trains it.
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
  name  = "tiny_adamw",
  input = { batch = 16, height = 32, width = 32, channels = 3 },
  forward = function(image)
    local x = relu(bn(conv(image, "conv1", { out = 8, kernel = 3, padding = 1 }), "bn1"))
    for stage, width in ipairs { 8, 16, 32 } do
      x = basic(x, "layer" .. stage .. ".0", width, stage > 1 and 2 or 1)
    end
    return net.linear(net.mean_pool(x), "fc", { out = 10 })
  end,
  loss  = net.cross_entropy {},
  train = { optimizer = net.adamw { lr = 1e-3, weight_decay = 0.01 }, epochs = 1 },
}

-- tests/specs/torch/sgd.lua where layers and parameters are frozen one after another, and the gradients that are left are
-- clipped.
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
  name  = "freeze_later",
  input = { batch = 16, height = 32, width = 32, channels = 3 },
  forward = function(image)
    local x = relu(bn(conv(image, "conv1", { out = 8, kernel = 3, padding = 1 }), "bn1"))
    for stage, width in ipairs { 8, 16, 32 } do
      x = basic(x, "layer" .. stage .. ".0", width, stage > 1 and 2 or 1)
    end
    return net.linear(net.mean_pool(x), "fc", { out = 10 })
  end,
  freeze_after = { conv1 = 4, bn1 = 4, layer1 = 12, ["fc.bias"] = 8, ["layer2.0.conv1.weight"] = 8 },
  loss  = net.cross_entropy {},
  train = { optimizer = net.sgd { lr = 0.01, momentum = 0.9, nesterov = true, weight_decay = 5e-4 }, epochs = 20,
            clip_norm = 0.5 },
}

-- A residual network of five layers on images of 8x8, for twenty steps with every optimiser and every schedule. What
-- compiles it puts the optimiser under test in the place of Adam, and sets the schedule itself.
local conv, bn, relu, add = net.conv, net.bn, net.relu, net.add

local basic = net.block(function(x, out, stride)
  local short = bn(conv(x, "downsample.0", { out = out, kernel = 1, stride = stride }), "downsample.1")
  local y = relu(bn(conv(x, "conv1", { out = out, kernel = 3, stride = stride, padding = 1 }), "bn1"))
  y = bn(conv(y, "conv2", { out = out, kernel = 3, padding = 1 }), "bn2")
  return relu(add(y, short))
end)

return net.model {
  name  = "recipes",
  input = { batch = 8, height = 8, width = 8, channels = 3 },
  forward = function(image)
    local x = relu(bn(conv(image, "conv1", { out = 8, kernel = 3, padding = 1 }), "bn1"))
    return net.linear(net.mean_pool(basic(x, "layer1.0", 16, 2)), "fc", { out = 10 })
  end,
  loss  = net.cross_entropy {},
  train = { optimizer = net.adam {}, epochs = 1 },
}

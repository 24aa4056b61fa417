-- Layers whose units are few, so that they are made smaller for many threads: a stem, depthwise and grouped convolutions on images of 4x4,
-- products by taps on 2x2, large fully connected layers, bilinear convolutions whose channels are no multiple of a smaller unit's (48 and
-- 320); with batch norms that take a convolution's statistics, and one its own.
local function conv(x, name, out, kernel, stride, groups)
  x = net.conv(x, name .. ".conv", { out = out, kernel = kernel, stride = stride or 1, padding = kernel // 2, groups = groups or 1 })
  return net.relu(net.bn(x, name .. ".bn"))
end

return net.model {
  name = "many_threads",
  input = { batch = 128, height = 32, width = 32, channels = 3 },
  forward = function(image)
    local x = conv(image, "stem", 48, 3, 4)
    x = conv(x, "tiled", 48, 3)
    x = net.bn(net.max_pool(conv(x, "wide", 320, 1), { kernel = 2 }), "own")
    x = conv(conv(x, "blocks", 320, 3), "wider", 640, 1)
    x = conv(x, "depthwise", 640, 3, 1, 640)
    x = conv(x, "grouped", 640, 3, 2, 40)
    x = conv(x, "of1x1", 512, 1)
    x = conv(x, "strided", 256, 3, 2)
    x = net.relu(net.linear(net.flatten(x), "fc1", { out = 2000 }))
    return net.linear(net.relu(net.linear(x, "fc2", { out = 1000 })), "fc3", { out = 10 })
  end,
  loss = net.cross_entropy {},
  train = { optimizer = net.sgd { lr = 0.01, momentum = 0.9 }, epochs = 1 },
}

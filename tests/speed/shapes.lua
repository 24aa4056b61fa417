-- The shapes of `make bench-kernels`, one after the other: those of ResNets, and of networks made of groups, and what
-- other forms of bilinear algorithms are for.
return net.model {
  name = "shapes",
  input = { batch = 128, height = 32, width = 32, channels = 3 },
  forward = function(image)
    local function conv(x, name, out, kernel, stride, groups)
      return net.relu(net.conv(x, name, { out = out, kernel = kernel, stride = stride or 1, padding = kernel // 2, groups = groups or 1 }))
    end
    local x = conv(image, "stem", 64, 3)
    x = conv(x, "c64.32x32", 64, 3)
    x = conv(x, "c64.32x32.depthwise", 64, 3, 1, 64)
    x = conv(x, "c64.32x32.of1x1", 64, 1)
    x = conv(x, "c64.32x32.s2", 128, 3, 2)
    x = conv(x, "c128.16x16", 128, 3)
    x = conv(x, "c128.16x16.of5x5", 128, 5)
    x = conv(x, "c128.16x16.grouped", 128, 3, 1, 32)
    x = conv(x, "c128.16x16.s2", 256, 3, 2)
    x = conv(x, "c256.8x8", 256, 3)
    x = conv(x, "c256.8x8.of1x1", 256, 1)
    x = conv(x, "c256.8x8.depthwise.s2", 256, 3, 2, 256)
    x = conv(x, "c256.4x4.of1x1", 512, 1)
    x = conv(x, "c512.4x4", 512, 3)
    x = conv(net.max_pool(x, { kernel = 2, stride = 1 }), "c256.3x3", 256, 3)
    x = net.relu(net.linear(net.mean_pool(x), "linear.512", { out = 512 }))
    return net.linear(x, "linear.10", { out = 10 })
  end,
  loss = net.cross_entropy {},
  train = { optimizer = net.sgd { lr = 0.001 }, epochs = 1 },
}

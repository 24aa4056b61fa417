-- tests/specs/ops/conv_even_same.lua with the images of tests/torch/test_freeze.py.
return net.model {
  name = "even_kernels",
  input = { batch = 16, height = 32, width = 32, channels = 3 },
  forward = function(image)
    local x = net.gelu(net.conv(image, "a", { out = 24, kernel = 2, bias = true }))
    x = net.max_pool(net.conv(x, "b", { out = 16, kernel = 2, padding = "same" }), { kernel = 2 })
    x = net.bn(net.conv(x, "c", { out = 32, kernel = { 4, 3 }, padding = "same" }), "bn", { scale = false, momentum = 0.4 })
    x = net.conv(net.gelu(x), "d", { out = 32, kernel = 2, padding = { top = 1, left = 1 }, groups = 2 })
    x = net.max_pool(net.conv(x, "e", { out = 32, kernel = 4, padding = { bottom = 3, right = 1 }, stride = 2 }), { kernel = 2 })
    x = net.conv(x, "f", { out = 8, kernel = 2, padding = "same", dilation = 3 })
    return net.linear(net.adaptive_max_pool(x, { size = 1 }), "fc", { out = 10, bias = false }) * (1 / 9)
  end,
  loss = net.cross_entropy {},
  train = { optimizer = net.sgd { lr = 0.01, momentum = 0.9, nesterov = true, weight_decay = 5e-4 }, epochs = 1 },
}

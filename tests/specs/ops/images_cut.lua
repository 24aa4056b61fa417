-- Kernels that go position by position, where positions are so few and images so many that a unit takes a slice of the images:
-- 130 of them, of 256 channels.
local function conv(x, name, out) return net.conv(x, name, { out = out, kernel = 1, bias = true }) end

return net.model {
  name = "images_cut",
  input = { batch = 130, height = 4, width = 8, channels = 32 },
  forward = function(image)
    local x = net.gelu(conv(net.max_pool(image, { kernel = { 1, 2 } }), "a", 256))
    local pooled = net.max_pool(x, { kernel = 3, stride = 2, padding = 1 })
    local means = net.avg_pool(x, { kernel = 3, stride = 2, ceil_mode = true })
    local parts = net.mul(net.adaptive_avg_pool(x, { size = 2 }), net.adaptive_max_pool(x, { size = 2 }))
    local factor = net.sigmoid(conv(net.mean_pool(x), "b", 256))
    x = net.add(net.add(pooled, means), net.mul(net.relu(parts), factor))
    x = net.dropout2d(net.dropout(net.drop_path(x, { p = 0.1 }), { p = 0.1 }), { p = 0.1 })
    x = net.concat(x, net.pad_channels(x, { before = 2, after = 4 }))
    return net.linear(net.mean_pool(x * 0.5), "fc", { out = 10 })
  end,
  loss = net.cross_entropy {},
  train = { optimizer = net.sgd { lr = 0.1 }, epochs = 1 },
}

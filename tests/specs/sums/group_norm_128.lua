-- Group norms over 65536 and 8192 values; no relu, which rounding could tip.
return net.model {
  name = "group_norm_128",
  input = {
    batch = 8, height = 128, width = 128, channels = 3,
    mean = { 0.4914, 0.4822, 0.4465 }, std = { 0.2470, 0.2435, 0.2616 },
  },
  forward = function(image)
    local x = net.group_norm(net.conv(image, "a", { out = 8, kernel = 3, padding = 1 }), "an", { groups = 2 })
    x = net.group_norm(net.conv(x, "b", { out = 4, kernel = 5, stride = 2, padding = 2 }), "bn", { groups = 2 })
    x = net.conv(x, "c", { out = 2, kernel = 3, stride = 4, padding = 1 })
    return net.linear(net.flatten(x), "fc", { out = 10 })
  end,
  loss = net.cross_entropy {},
  train = { optimizer = net.sgd { lr = 0.1 }, epochs = 1 },
}

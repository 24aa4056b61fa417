-- A group norm's gradients over 1000 images.
return net.model {
  name = "group_norm_1000",
  input = {
    batch = 1000, height = 4, width = 4, channels = 3,
    mean = { 0.4914, 0.4822, 0.4465 }, std = { 0.2470, 0.2435, 0.2616 },
  },
  forward = function(image)
    local x = net.group_norm(net.conv(image, "a", { out = 24, kernel = 3, padding = 1 }), "an", { groups = 4 })
    return net.linear(net.flatten(x), "fc", { out = 10 })
  end,
  loss = net.cross_entropy {},
  train = { optimizer = net.sgd { lr = 0.1 }, epochs = 1 },
}

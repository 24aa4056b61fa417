-- Channels of zeros around others, at every second position: the shortcut of the first ResNets.
return net.model {
  name = "pad_channels",
  input = { batch = 4, height = 9, width = 6, channels = 3 },
  forward = function(image)
    local function conv(x, name, out, stride)
      return net.bn(net.conv(x, name, { out = out, kernel = 3, stride = stride, padding = 1 }), "bn_" .. name)
    end
    local x = net.relu(conv(image, "a", 4, 1))
    x = net.relu(conv(x, "b", 8, 2) + net.pad_channels(x, { before = 2, after = 2, stride = 2 }))
    x = net.relu(conv(x, "c", 11, { 1, 3 }) + net.pad_channels(x, { after = 3, stride = { 1, 3 } }))
    x = net.concat(x, net.pad_channels(x, { before = 1 }))
    return net.linear(net.mean_pool(x), "fc", { out = 10 })
  end,
  loss = net.cross_entropy {},
  train = { optimizer = net.adam { lr = 1e-3 }, epochs = 1 },
}

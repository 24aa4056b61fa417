-- More padding than the kernel needs: outputs at the border see nothing but zeros.
return net.model {
  name = "conv_wide_padding",
  input = { batch = 4, height = 5, width = 4, channels = 2 },
  forward = function(image)
    local x = net.conv(image, "a", { out = 6, kernel = 3, padding = 3, bias = true })
    x = net.conv(x, "b", { out = 4, kernel = 2, stride = 3, padding = 4 })
    return net.linear(net.flatten(x), "fc", { out = 5 })
  end,
  loss = net.cross_entropy {},
  train = { optimizer = net.adam { lr = 1e-3 }, epochs = 1 },
}

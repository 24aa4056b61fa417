-- SPEC:6: conv a: bias_init must be "pytorch" or "zeros", or made by net.normal or net.uniform, not "zero"; did you mean zeros?
return net.model {
  name = "wrong", loss = net.cross_entropy {}, input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { optimizer = net.adam {}, epochs = 1 },
  forward = function(image)
    local x = net.conv(image, "a", { out = 4, kernel = 2, bias = true, bias_init = "zero" })
    return net.linear(net.flatten(x), "fc", { out = 10 })
  end,
}

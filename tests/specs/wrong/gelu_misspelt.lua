-- SPEC:6: gelu: approximate must be "none" or "tanh", not "tan"; did you mean tanh?
return net.model {
  name = "wrong", loss = net.cross_entropy {}, input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { optimizer = net.adam {}, epochs = 1 },
  forward = function(image)
    local x = net.gelu(image, { approximate = "tan" })
    return net.linear(net.flatten(x), "fc", { out = 10 })
  end,
}

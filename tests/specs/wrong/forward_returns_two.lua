-- SPEC:7: model: forward returns 2 values; it must return one, the logits
return net.model {
  name = "wrong", loss = net.cross_entropy {}, input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { optimizer = net.adam {}, epochs = 1 },
  forward = function(image)
    local x = net.flatten(image)
    return net.linear(x, "fc", { out = 10 }), net.linear(x, "aux", { out = 10 })
  end,
}

-- SPEC:2: input image: 2048 x 32x32x1024 is 2^31 values or more
return net.model {
  name = "wrong",
  loss = net.cross_entropy {},
  input = { batch = 2048, height = 32, width = 32, channels = 1024 },
  train = { optimizer = net.adam {}, epochs = 1 },
  forward = function(image)
    return net.linear(net.mean_pool(net.relu(image)), "fc", { out = 10 })
  end,
}

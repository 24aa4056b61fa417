-- SPEC:6: unknown word net.cosin; did you mean cosine?
return net.model {
  name = "wrong",
  loss = net.cross_entropy {},
  input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { epochs = 2, optimizer = net.adam {}, schedule = net.cosin {} },
  forward = function(image) return net.linear(net.flatten(image), "fc", { out = 10 }) end,
}

-- SPEC:6: sequential: part 2 begins after 9 epochs, but there are 9
return net.model {
  name = "wrong",
  loss = net.cross_entropy {},
  input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { epochs = 10, optimizer = net.adam {}, schedule = net.sequential { parts = { net.constant {}, net.cosine {} }, milestones = { 9 }, warmup = 1 } },
  forward = function(image) return net.linear(net.flatten(image), "fc", { out = 10 }) end,
}

-- SPEC:6: sequential: warmup is of the whole schedule; part 2 can begin with a net.linear_lr instead
return net.model {
  name = "wrong",
  loss = net.cross_entropy {},
  input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { epochs = 10, optimizer = net.adam {}, schedule = net.sequential { parts = { net.constant {}, net.cosine { warmup = 1 } }, milestones = { 2 } } },
  forward = function(image) return net.linear(net.flatten(image), "fc", { out = 10 }) end,
}

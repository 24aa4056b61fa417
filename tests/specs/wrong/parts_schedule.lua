-- SPEC:6: sequential: parts must be a list of values made by net.constant, net.step, net.multi_step, net.exponential, net.linear_lr, net.polynomial, net.cosine or net.cosine_restarts, not what net.constant makes
return net.model {
  name = "wrong",
  loss = net.cross_entropy {},
  input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { epochs = 10, optimizer = net.adam {}, schedule = net.sequential { parts = net.constant {}, milestones = { 2 } } },
  forward = function(image) return net.linear(net.flatten(image), "fc", { out = 10 }) end,
}

-- SPEC:6: multi_step: milestones must be a list of rising numbers above 0 to 2147483647, not { 5, 5 }
return net.model {
  name = "wrong",
  loss = net.cross_entropy {},
  input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { epochs = 10, optimizer = net.adam {}, schedule = net.multi_step { milestones = { 5, 5 } } },
  forward = function(image) return net.linear(net.flatten(image), "fc", { out = 10 }) end,
}

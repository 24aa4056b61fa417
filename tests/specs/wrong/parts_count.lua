-- SPEC:6: sequential: each part but the first begins at a milestone; there are 2 parts and 2 of these
return net.model {
  name = "wrong",
  loss = net.cross_entropy {},
  input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { epochs = 10, optimizer = net.adam {}, schedule = net.sequential { parts = { net.constant {}, net.cosine {} }, milestones = { 2, 3 } } },
  forward = function(image) return net.linear(net.flatten(image), "fc", { out = 10 }) end,
}

-- 4x4 grey images of a thousand classes, as tests/trainer/many_classes.sh makes them: a class is two bytes.
return net.model {
  name = "many_kinds",
  input = { batch = 50, height = 4, width = 4, channels = 1, mean = { 0.5 }, std = { 0.5 } },
  forward = function(image)
    local x = net.relu(net.linear(net.flatten(image), "fc1", { out = 64 }))
    return net.linear(x, "fc2", { out = 1000 })
  end,
  loss = net.cross_entropy {},
  train = { optimizer = net.adam { lr = 1e-2 }, epochs = 20 },
  data = { name = "Many kinds", classes = 1000, label_bytes = 3, train = { "a.bin" }, test = { "b.bin" } },
}

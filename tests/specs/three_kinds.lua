-- Three classes of 8x8 grey images, for tests with a data set made for them: bright above, bright on the left,
-- bright in the middle.
return net.model {
  name = "three_kinds",
  input = { batch = 10, height = 8, width = 8, channels = 1 },
  forward = function(image)
    local x = net.relu(net.conv(image, "conv", { out = 4, kernel = 3, padding = 1, bias = true }))
    return net.linear(net.flatten(x), "fc", { out = 3 })
  end,
  loss = net.cross_entropy {},
  train = { optimizer = net.adam { lr = 1e-2 }, epochs = 2 },
  data = { name = "Three kinds", classes = 3, label_bytes = 2, label = 1, train = { "a.bin", "b.bin" },
           test = { "test.bin" }, class_names = { "Löwenzahn, 100 %", "#1 \"bird's\" \\nest??/", "向日葵" } },
}

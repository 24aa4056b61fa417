-- Every word that changes the update: clipping, averages, weight decay of weights alone; with dead taps,
-- whose decay and average are factors. Every word of how a parameter starts. A schedule of several parts. Words for images.
return net.model {
  name = "training_words",
  input = { batch = 4, height = 2, width = 2, channels = 3 },
  forward = function(image)
    local x = net.conv(image, "a", { out = 8, kernel = 5, padding = 2, init = net.dirac { rest = "pytorch" } })
    x = net.relu(net.bn(x, "bn", { init = net.uniform { bound = 0.5 }, bias_init = net.normal { std = 0.1 } }))
    x = net.conv(x, "b", { out = 6, kernel = 3, stride = 2, padding = 1, bias = true, init = net.dirac {} })
    return net.linear(net.flatten(x), "fc", { out = 5, init = net.normal { std = 0.2 }, bias_init = "zeros" })
  end,
  loss = net.cross_entropy {},
  train = {
    optimizer = net.sgd { lr = 0.1, momentum = 0.9, nesterov = true, weight_decay = 0.05, decay = "weights" },
    epochs = 9,
    schedule = net.sequential {
      parts = { net.linear_lr { start_factor = 0.25, end_factor = 1, per = "step" }, net.multi_step { milestones = { 3, 5 } } },
      milestones = { 1.5 }, warmup = 0.5,
    },
    clip_norm = 1, ema_decay = 0.9,
    augment = { trivial_augment = true, color_jitter = { hue = 0.1 }, random_erasing = 0.25, erasing_ratio = { 0.5, 2 }, cutmix = 1 },
  },
  data = {
    name = "Two labels", classes = 5, label_bytes = 2, label = 1, train = { "a.bin", "b.bin" }, test = { "c.bin" },
    class_names = { "one", "two??)", "three", "four", "five" },
  },
}

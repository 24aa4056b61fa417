-- The head alone is trained: what is kept in bf16 lies below it, and nothing of it is alive when the loss is there.
return net.model {
  name = "bf16_head",
  input = { batch = 5, height = 5, width = 4, channels = 3 },
  forward = function(image)
    local x = net.silu(net.conv(net.silu(net.conv(image, "a", { out = 24, kernel = 1 })), "b", { out = 21, kernel = 1 }))
    return net.linear(net.mean_pool(x), "fc", { out = 10 })
  end,
  freeze = { "a", "b" },
  loss = net.cross_entropy {},
  train = { optimizer = net.sgd { lr = 0.1 }, epochs = 1 },
}

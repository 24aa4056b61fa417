-- Parts of the image, some of which overlap; more parts than pixels; of a tensor that others read, too.
return net.model {
  name = "adaptive_pools",
  input = { batch = 4, height = 7, width = 9, channels = 3 },
  forward = function(image)
    local x = net.conv(image, "a", { out = 6, kernel = 3, padding = 1, bias = true })
    local y = net.adaptive_avg_pool(x, { size = { 3, 4 } }) + net.adaptive_max_pool(x, { size = { 3, 4 } })
    local z = net.concat(net.adaptive_max_pool(y, { size = 5 }), net.adaptive_avg_pool(net.relu(y), { size = 5 }))
    z = net.concat(net.adaptive_max_pool(z, { size = 1 }), net.adaptive_avg_pool(x, { size = 1 }))
    return net.linear(z, "fc", { out = 10 })
  end,
  loss = net.cross_entropy {},
  train = { optimizer = net.adam { lr = 1e-3 }, epochs = 1 },
}

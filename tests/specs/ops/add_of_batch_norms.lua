-- Both sides of the sum are batch norms; then one of a batch norm with itself.
return net.model {
  name = "add_of_batch_norms",
  input = { batch = 5, height = 4, width = 4, channels = 3 },
  forward = function(image)
    local function branch(x, name)
      return net.bn(net.conv(x, name, { out = 8, kernel = 3, padding = 1 }), "bn_" .. name)
    end
    local x = net.relu(net.add(branch(image, "a"), branch(image, "b")))
    x = branch(x, "c")
    x = net.relu(net.add(x, x))
    x = net.add(branch(x, "left"), net.relu(branch(x, "right")))
    return net.linear(net.mean_pool(x), "fc", { out = 10 })
  end,
  loss = net.cross_entropy {},
  train = { optimizer = net.adam { lr = 1e-3 }, epochs = 1 },
}

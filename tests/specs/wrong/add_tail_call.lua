-- SPEC:7: add: left is 32x32x3 (image), right is 16x16x3 (maxpool)
return net.model {
  name = "wrong", loss = net.cross_entropy {}, input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { optimizer = net.adam {}, epochs = 1 },
  forward = function(image)
    local function both(a, b)
      return net.add(a, b)
    end
    local x = net.relu(both(image, net.max_pool(image, { kernel = 2 })))
    return net.linear(net.flatten(x), "fc", { out = 10 })
  end,
}

-- As bn_on_load.lua, of so few images that batch norms take their statistics themselves; layers that are frozen can't.
return net.model {
  name = "bn_on_load_few",
  input = { batch = 2, height = 8, width = 8, channels = 3 },
  forward = function(image)
    local function layer(x, name, out)
      return net.relu(net.bn(net.conv(x, name, { out = out, kernel = 3, padding = 1, bias = false }), "bn_" .. name))
    end
    local x = image
    for i, out in ipairs { 16, 32, 16, 16, 16 } do x = layer(x, "layer" .. i, out) end
    return net.linear(net.mean_pool(x), "fc", { out = 10 })
  end,
  freeze = { "layer1", "bn_layer1", "bn_layer3" },
  loss = net.cross_entropy {},
  train = { optimizer = net.sgd { lr = 0.05 }, epochs = 1 },
}

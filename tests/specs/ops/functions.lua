-- Functions of one value: after a convolution, after one another, where others read the same, and with options.
return net.model {
  name = "functions",
  input = { batch = 5, height = 4, width = 5, channels = 3 },
  forward = function(image)
    local function conv(x, name)
      return net.conv(x, name, { out = 8, kernel = 3, padding = 1, bias = true })
    end
    local a = conv(image, "a")
    local x = net.silu(a) + net.gelu(a) + net.gelu(a, { approximate = "tanh" }) + net.sigmoid(a)
    local b = net.bn(conv(net.relu6(net.scale(x, 3)), "b"), "bn")
    x = net.leaky_relu(b) + net.leaky_relu(b, { slope = 0.3 }) + net.leaky_relu(net.silu(b), { slope = 0 })
    x = net.gelu(net.bn(conv(x * 0.5, "c"), "bn2")) + net.sigmoid(net.bn(conv(x, "d"), "bn3")) * -2
    x = net.relu6(net.bn(conv(x, "e"), "bn4")) + net.silu(net.bn(conv(x, "f"), "bn5"))
    return net.linear(net.gelu(net.mean_pool(x)), "fc", { out = 10 })
  end,
  loss = net.cross_entropy {},
  train = { optimizer = net.adam { lr = 1e-3 }, epochs = 1 },
}

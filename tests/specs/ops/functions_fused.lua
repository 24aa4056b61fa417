-- Functions of one value that batch norms and sums take in: with a residual or none, of a frozen norm, with gelu's formula, of
-- norms without parameters; and those that they can't, as the way back would need what was there before.
return net.model {
  name = "functions_fused",
  input = { batch = 5, height = 4, width = 5, channels = 3 },
  forward = function(image)
    local function conv(x, name) return net.conv(x, name, { out = 8, kernel = 3, padding = 1 }) end
    local function norm(x, name, options) return net.bn(conv(x, "conv_" .. name), name, options) end
    local x = net.leaky_relu(norm(image, "leaky"), { slope = 0.2 })
    x = net.relu6(norm(x, "six") + x)
    x = net.sigmoid(norm(x, "share") + x)
    x = net.gelu(norm(x, "frozen_gelu"), { approximate = "tanh" }) + net.gelu(norm(x, "tanh", { affine = false }), { approximate = "tanh" })
    x = net.leaky_relu(norm(x, "leaky_sum") + x, { slope = 0.3 })
    x = net.scale(norm(x, "scaled"), -2) + net.scale(norm(x, "both") + x, 0.5)
    x = net.relu6(norm(x, "frozen_six")) + net.sigmoid(norm(x, "frozen_share") + x)
    x = net.silu(norm(x, "silu_sum") + x) * 2
    local a, b = conv(x, "a"), conv(x, "b")
    x = net.sigmoid(a + b) + net.leaky_relu(b + x) + net.scale(a + x, 3) + net.gelu(a + b + x)
    return net.linear(net.flatten(net.silu(norm(net.relu6(x + x), "last", { scale = false }))), "fc", { out = 10 })
  end,
  freeze = { "frozen_gelu", "frozen_six", "frozen_share" },
  loss = net.cross_entropy {},
  train = { optimizer = net.adam { lr = 1e-3 }, epochs = 1 },
}

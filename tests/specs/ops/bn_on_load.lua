-- Batch norms with relu that convolutions apply as they load, where machines want it: of odd images, one that two convolutions read,
-- strided, of 5x5, padded by 0 and 2, without gamma and beta, frozen; and some that can't be: with a residual, read by a pool or by 1x1.
return net.model {
  name = "bn_on_load",
  input = { batch = 6, height = 11, width = 9, channels = 3 },
  forward = function(image)
    local function norm(x, name, options) return net.relu(net.bn(x, "bn_" .. name, options)) end
    local function conv(x, name, more)
      local options = { out = 16, kernel = 3, padding = 1, bias = false }
      for key, value in pairs(more or {}) do options[key] = value end
      return net.conv(x, name, options)
    end
    local x = norm(conv(image, "stem"), "stem")
    local y = norm(conv(x, "a", { padding = 0 }), "a")
    y = norm(conv(y, "b", { padding = 2 }), "b", { affine = false })
    y = norm(conv(y, "b5", { kernel = 5, padding = 2 }), "b5")
    x = norm(net.add(conv(y, "c", { out = 32 }), conv(y, "d", { out = 32 })), "e")
    y = norm(conv(x, "f", { stride = 2 }), "f")
    x = net.add(net.bn(conv(y, "g"), "bn_g"), net.conv(x, "h", { out = 16, kernel = 1, stride = 2 }))
    x = norm(conv(net.relu(x), "i"), "i")
    x = norm(conv(net.max_pool(x, { kernel = 2 }), "j"), "j")
    return net.linear(net.mean_pool(conv(x, "k")), "fc", { out = 10 })
  end,
  loss = net.cross_entropy {},
  train = { optimizer = net.sgd { lr = 0.05 }, epochs = 1 },
}

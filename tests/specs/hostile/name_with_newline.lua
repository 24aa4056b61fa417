-- SPEC:6: conv: name "a #include <x>" must be letters, digits and _, in parts joined by single dots
return net.model {
  name = "wrong", loss = net.cross_entropy {}, input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { optimizer = net.adam {}, epochs = 1 },
  forward = function(image)
    local x = net.conv(image, "a\n#include <x>", { out = 1, kernel = 1 })
    return net.linear(net.flatten(x), "fc", { out = 10 })
  end,
}

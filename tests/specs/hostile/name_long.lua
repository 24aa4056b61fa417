-- SPEC:8: conv: name "abcdefghijabcdefghijabcdefghijabcdefg..." is longer than 100 letters
return net.model {
  name = "wrong", loss = net.cross_entropy {}, input = { batch = 8, height = 32, width = 32, channels = 3 },
  train = { optimizer = net.adam {}, epochs = 1 },
  forward = function(image)
    local n = "abcdefghij"
    for _ = 1, 4 do n = n .. n end
    local x = net.conv(image, n, { out = 1, kernel = 1 })
    return net.linear(net.flatten(x), "fc", { out = 10 })
  end,
}

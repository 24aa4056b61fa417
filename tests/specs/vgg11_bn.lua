-- VGG-11 with batch norm for CIFAR-10 (Simonyan and Zisserman 2014; one linear layer, as it is usual there). Names as in
-- torchvision's vgg11_bn: features are counted, ReLUs and pools among them.
local conv, bn, relu = net.conv, net.bn, net.relu

-- channels of each convolution; "pool" halves the image
local layers = { 64, "pool", 128, "pool", 256, 256, "pool", 512, 512, "pool", 512, 512, "pool" }

return net.model {
  name  = "vgg11_bn",
  input = { batch = 128, height = 32, width = 32, channels = 3 },
  forward = function(image)
    local x, at = image, 0
    for _, layer in ipairs(layers) do
      if layer == "pool" then
        x, at = net.max_pool(x, { kernel = 2 }), at + 1
      else
        x = conv(x, "features." .. at, { out = layer, kernel = 3, padding = 1, bias = true })
        x, at = relu(bn(x, "features." .. at + 1)), at + 3
      end
    end
    return net.linear(net.flatten(x), "classifier", { out = 10 })
  end,
  init  = "kaiming_normal_fan_out",
  loss  = net.cross_entropy {},
  train = { optimizer = net.adam { lr = 1e-3 }, epochs = 20, augment = { crop_padding = 4, flip = true } },
}

-- A small network for CIFAR-10 with a recipe of ten epochs, after Jordan's airbench94_muon (github.com/KellerJordan/cifar10-airbench;
-- "94% on CIFAR-10 in 3.29 Seconds on a Single GPU", arXiv 2404.00498, and "Muon: An optimizer for hidden layers in neural networks",
-- 2024), whose architecture and numbers these are but for what is said below: two epochs more. Its images inside are 31x31, 15x15, 7x7 and
-- 3x3: a twelfth of the multiplications of 26 epochs of resnet18_cifar. tests/README.md has what was measured.
local conv, bn, gelu = net.conv, net.bn, net.gelu

-- A convolution that starts as an identity of its input: so short a training has no time to find out what to let through.
local function identity(x, name, out)
  return conv(x, name, { out = out, kernel = 3, padding = "same", init = net.dirac { rest = "pytorch" } })
end

-- Without a scale, since the next convolution has one. Statistics follow the last batches: there are but a few hundred.
local function norm(x, name)
  return bn(x, name, { scale = false, momentum = 0.4, eps = 1e-12 })
end

-- Pooled before the first norm and function, which then have a quarter of the values.
local group = net.block(function(x, out)
  x = gelu(norm(net.max_pool(identity(x, "conv1", out), { kernel = 2 }), "norm1"))
  return gelu(norm(identity(x, "conv2", out), "norm2"))
end)

return net.model {
  name  = "cnn_94",
  -- Large batches, for which the learning rates are: 25 steps an epoch.
  input = { batch = 2000, height = 32, width = 32, channels = 3 },
  forward = function(image)
    -- Patches of 2x2 pixels without correlation, both signs of each direction: what a first layer learns anyway, from the start.
    -- Without padding an image is 31x31 and halves to odd sizes, of which pooling drops the last row and column.
    local x = conv(image, "whiten", { out = 24, kernel = 2, bias = true, init = net.whitening { eps = 5e-4, images = 5000 },
                                      bias_init = "zeros" })
    x = group(gelu(x), "layers.0", 64)
    x = group(x, "layers.1", 256)
    x = group(x, "layers.2", 256)
    -- The largest value of each channel, and no bias: classes are balanced. Weights of deviation 1, for which the head's learning
    -- rate is, and logits that start small, so that large steps do not blow up.
    x = net.linear(net.flatten(net.max_pool(x, { kernel = 3 })), "head",
                   { out = 10, bias = false, init = net.uniform { bound = math.sqrt(3) } })
    return x * (1 / 256)
  end,
  -- The filters that whiten stay as they are; their bias learns for three epochs. Later no gradient goes through the first function.
  freeze = { "whiten.weight" },
  freeze_after = { ["whiten.bias"] = 3 },
  loss  = net.cross_entropy { label_smoothing = 0.2 },
  train = {
    -- Of biases, and by a factor of the head. The recipe's learning rates, 0.053 and 0.67, are for the sum over a batch: 2000 times
    -- that for its mean. Decay takes 0.004 of a weight at first, whatever its learning rate, as the recipe has it.
    optimizer = net.sgd { lr = 106, momentum = 0.85, nesterov = true, weight_decay = 0.004 / 106 },
    groups = {
      net.group { parameters = { "head.weight" }, lr_factor = 1340 / 106, weight_decay_factor = 106 / 1340 },
      -- Filters move by matrices of even singular values, and keep their norm: no decay.
      net.group { parameters = { "layers.*.conv*.weight" },
                  optimizer = net.muon { lr = 0.24, momentum = 0.6, nesterov = true, ns_steps = 3, normalize_weights = true } },
    },
    epochs = 10,
    -- A straight line down to nothing.
    schedule = net.polynomial { power = 1, per = "step" },
    -- An image is mirrored in every other epoch, so that two epochs show both sides of all.
    augment = { crop_padding = 2, border = "reflect", flip = "alternating" },
    -- All batches are of one size.
    drop_last = true,
  },
}

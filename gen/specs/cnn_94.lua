-- A small network for CIFAR-10 with a recipe of ten epochs, after Jordan 2024, "94% on CIFAR-10 in 3.29 Seconds on a Single
-- GPU" (arXiv 2404.00498), whose architecture and numbers these are but for what is said below. Its images inside are 31x31,
-- 15x15, 7x7 and 3x3: a fifteenth of the multiplications of 26 epochs of resnet18_cifar.
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
  -- Large batches, as the learning rate is: 49 steps an epoch.
  input = { batch = 1024, height = 32, width = 32, channels = 3 },
  forward = function(image)
    -- Patches of 2x2 pixels without correlation, both signs of each direction: what a first layer learns anyway, from the start.
    -- Without padding an image is 31x31 and halves to odd sizes, of which pooling drops the last row and column.
    local x = conv(image, "whiten", { out = 24, kernel = 2, bias = true, init = net.whitening { eps = 5e-4, images = 5000 },
                                      bias_init = "zeros" })
    x = group(gelu(x), "layers.0", 64)
    x = group(x, "layers.1", 256)
    x = group(x, "layers.2", 256)
    -- The largest value of each channel, and no bias: classes are balanced.
    x = net.linear(net.flatten(net.max_pool(x, { kernel = 3 })), "head", { out = 10, bias = false })
    return x * (1 / 9) -- logits that start small, so that large steps do not blow up
  end,
  -- The filters that whiten stay as they are, their bias learns.
  freeze = { "whiten.weight" },
  loss  = net.cross_entropy { label_smoothing = 0.2 },
  train = {
    -- The paper's 11.5 and 0.0153 for 1024 images and a loss that is a sum: of the mean, where Nesterov's momentum of 0.85
    -- multiplies a gradient by 1 + 1 / 0.15 in the long run.
    optimizer = net.sgd { lr = 1.5, momentum = 0.85, nesterov = true, weight_decay = 1.33e-3 },
    epochs = 9.9,
    -- A triangle: up from a fifth within 23 % of the steps, then down to 7 %.
    schedule = net.sequential {
      parts = {
        net.linear_lr { start_factor = 0.2, end_factor = 1, per = "step" },
        net.linear_lr { start_factor = 1, end_factor = 0.07, per = "step" },
      },
      milestones = { 0.23 * 9.9 },
    },
    -- An image is mirrored in every other epoch, so that two epochs show both sides of all.
    augment = { crop_padding = 2, border = "reflect", flip = "alternating" },
    -- The last batch of 848 would weigh more than the others.
    drop_last = true,
  },
}

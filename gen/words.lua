-- The words of a spec as data: what is recorded (spec/), what a misspelt word is compared with and what the
-- reference prints. Each word: {word, kind, arguments, about, options}:
--
--   kind       "layer": an op with parameters, which the spec names; "function": one without, which is called as
--              the word, or `called`, with a number; "setting": what the model is given; nil: of its own
--   arguments  those before the options; "..." at the end: any number of such, which a word that `folds` takes two by two
--   unnamed    its only option, which is given without a table and a name
--   refuse     (options) -> what is wrong with them together, or nil
--   complete   (options) of a layer or function: the same, and replaces what stands for something else
--
-- Each option: {name, type, about} and, where they apply, default, unit and limits (min, max: inclusive; above,
-- below: exclusive); default_from: the option whose value it has by default; from_model: the model's, of this name.
--
-- Types: integer, number, flag, choice (of choices), pair (one integer or {height, width}),
-- padding (a pair, a table with top, bottom, left and right, or "same"),
-- channels (one number a channel), names (a list of strings, `of` something), identifier,
-- flip (a flag, a probability or "alternating"), function, options (nested; with `whole`, leaving the
-- table out leaves all of it out), made (a value that one of the words in `by` makes), set_name,
-- files (file names without folder), class_names (names, or a file of them), class_weights (one number a
-- class), epochs_by_name (a table of numbers by name), range (two numbers, the second not below the first), rising (a
-- list of rising numbers, `of` integers or numbers), parts (a list of values that the words in `by` make), init (one of
-- choices, or a value that one of the words in `by` makes).
local fields = require "fields"
local nearest = require "nearest"
local optimizer_list = require "optimizers"
local targets = require "targets"
local weight_init = require "weight_init"
local windows = require "window"

local side = 65536        -- the largest height, width or batch
local channels = 1048576  -- the most channels
local window = 256        -- the largest kernel, stride or padding

local function out(about)
  return { name = "out", type = "integer", min = 1, max = channels, required = true, about = about }
end

local function kernel()
  return { name = "kernel", type = "pair", min = 1, max = window, required = true, unit = "pixels",
    about = "size of the window" }
end

local function stride(default, from)
  return { name = "stride", type = "pair", min = 1, max = window, default = default, default_from = from,
    default_note = from and "the " .. from, unit = "pixels", about = "distance between windows" }
end

local function padding(about)
  return { name = "padding", type = "pair", min = 0, max = window, default = 0, unit = "pixels", about = about }
end

local function affine()
  return { name = "affine", type = "flag", default = true, about = "has a weight and a bias for each channel" }
end

local function ceil_mode()
  return { name = "ceil_mode", type = "flag", default = false,
    about = "count a last window that only partly fits, if it begins within the image" }
end

local function size()
  return { name = "size", type = "pair", min = 1, max = window, required = true, unit = "parts", about = "of the result" }
end

local function lr(default)
  return { name = "lr", type = "number", min = 0, default = default or 1e-3, about = "learning rate" }
end

local function weight_decay(default, about)
  return { name = "weight_decay", type = "number", min = 0, default = default, about = about }
end

local function decay()
  return { name = "decay", type = "choice", choices = { "all", "weights" }, default = "all",
    about = "what `weight_decay` applies to; \"weights\" spares biases and the parameters of norms" }
end

local decay_of_gradient = "times the weight is added to the gradient"
local decay_of_weight = "the weight shrinks by lr times this, apart from the gradient"

local function beta(name, default, about)
  return { name = name, type = "number", min = 0, below = 1, default = default, about = about }
end

local function eps(default, about) return { name = "eps", type = "number", above = 0, default = default, about = about } end

local function momentum(default, about)
  return { name = "momentum", type = "number", min = 0, max = 1, default = default, about = about }
end

local function adam_options(weight_decay_default, about)
  return {
    lr(), beta("beta1", 0.9, "decay of the mean of gradients"), beta("beta2", 0.999, "decay of the mean of squared gradients"),
    eps(1e-8, "added to the root before dividing"), weight_decay(weight_decay_default, about), decay(),
    { name = "amsgrad", type = "flag", default = false, about = "divide by the largest of these means so far" },
  }
end

local function refuse_decay(given)
  if given.decay == "weights" and given.weight_decay == 0 then
    return 'decay = "weights" says what weight_decay applies to, but that is 0; set it, or leave decay out'
  end
end

local function refuse_sgd(given)
  if given.nesterov and (given.momentum == 0 or given.dampening ~= 0) then
    return refuse_decay(given) or "nesterov needs momentum above 0 and dampening 0"
  end
  return refuse_decay(given)
end

local function refuse_muon(given)
  if given.nesterov and given.momentum == 0 then
    return refuse_decay(given) or "nesterov needs momentum above 0; say nesterov = false"
  end
  return refuse_decay(given)
end

local function refuse_group(given)
  local factors = given.lr_factor ~= 1 or given.weight_decay_factor ~= 1 or given.momentum_factor ~= 1
  if given.optimizer and factors then
    return "an optimizer of its own has its own numbers; leave the factors out"
  elseif not given.optimizer and not factors then
    return "says nothing of its parameters; give factors, or an optimizer of its own"
  end
end

local function refuse_one_cycle(given)
  if given.base_momentum > given.max_momentum then
    return string.format("base_momentum %.14g is above max_momentum %.14g", given.base_momentum, given.max_momentum)
  end
end

local function refuse_sequential(given)
  if #given.parts ~= #given.milestones + 1 then
    return string.format("each part but the first begins at a milestone; there are %d parts and %d of these", #given.parts,
      #given.milestones)
  end
  for i, part in ipairs(given.parts) do
    if part.warmup > 0 then
      return string.format("warmup is of the whole schedule; part %d can begin with a net.linear_lr instead", i)
    end
  end
end

local function per(default)
  return { name = "per", type = "choice", choices = { "step", "epoch" }, default = default,
    about = "when the schedule moves" }
end

-- Which falls where is the unit's matter: that of `per`, counted from where the schedule begins.
local units = "epochs, or steps if per = \"step\""

local function gamma(default)
  return { name = "gamma", type = "number", min = 0, default = default, required = not default,
    about = "factor of each fall" }
end

local function total_iters(until_when)
  return { name = "total_iters", type = "integer", min = 0, max = 2147483647, default = 0, unit = units,
    about = "when it is " .. until_when .. "; 0: at the end" }
end

local function lr_min(about)
  return { name = "lr_min", type = "number", min = 0, default = 0, about = about }
end

local function warmup()
  return { name = "warmup", type = "number", min = 0, max = 1000000, default = 0, unit = "epochs",
    about = "the learning rate first rises step by step in a straight line; then the schedule begins" }
end

-- How a parameter starts: one of the names, or what one of the words makes.
local function init(name, choices, by, about, more)
  local option = { name = name, type = "init", choices = choices, by = by, about = about }
  for key, value in next, more do option[key] = value end
  return option
end

local function bias_init()
  return init("bias_init", weight_init.bias_names, weight_init.words, "how the bias starts; pytorch: uniform within 1 / sqrt(fan in)",
    { default_note = '"pytorch"' })
end

local function norm_init()
  return init("init", weight_init.norm_names, weight_init.words, "how the weight starts", { default_note = '"ones"' })
end

local function norm_bias_init()
  return init("bias_init", { "zeros" }, weight_init.words, "how the bias starts", { default_note = '"zeros"' })
end

local function refuse_bias_init(given)
  if given.bias_init and not given.bias then return "bias_init is about the bias, of which bias = false has none" end
end

local function refuse_norm_init(given)
  local name = given.init and "init" or given.bias_init and "bias_init"
  if name and not given.affine then
    return name .. " is about the weight and the bias, of which affine = false has none"
  end
end

local function complete_bn(given)
  if not given.affine and not given.scale then return "scale is about the weight, of which affine = false has none" end
  return refuse_norm_init(given)
end

-- Padding becomes that of the sides, in pixels.
local function complete_conv(given)
  local fault = refuse_bias_init(given)
  if fault then return fault end
  if given.padding ~= "same" then return nil end
  if given.stride[1] ~= 1 or given.stride[2] ~= 1 then return 'padding = "same" needs stride 1' end
  given.padding = windows.same_padding(given)
end

local optimizers = optimizer_list.names

-- Schedules that can be a part of one, and with one_cycle, which is of a whole training, all that are one part.
local schedule_parts = {
  "constant", "step", "multi_step", "exponential", "linear_lr", "polynomial", "cosine", "cosine_restarts",
}
local schedules = table.move(schedule_parts, 1, #schedule_parts, 1, {})
schedules[#schedules + 1] = "one_cycle"
local all_schedules = table.move(schedules, 1, #schedules, 1, {})
all_schedules[#all_schedules + 1] = "sequential"

local input_options = {
  { name = "batch", type = "integer", min = 1, max = side, required = true, unit = "images",
    about = "images of one step" },
  { name = "height", type = "integer", min = 1, max = side, required = true, unit = "pixels", about = "of the image" },
  { name = "width", type = "integer", min = 1, max = side, required = true, unit = "pixels", about = "of the image" },
  { name = "channels", type = "integer", min = 1, max = 4096, required = true, about = "of the image" },
  { name = "mean", type = "channels", default_note = "CIFAR-10's for 3 channels, else 0",
    about = "subtracted from each channel, with pixels from 0 to 1" },
  { name = "std", type = "channels", above = 0, default_note = "CIFAR-10's for 3 channels, else 1",
    about = "divides each channel after that" },
}

local data_options = {
  { name = "name", type = "set_name", required = true,
    about = "of the set: `CIFAR-100` is looked for in $CIFAR100_DIR, then in build/data/cifar100" },
  { name = "classes", type = "integer", min = 1, max = 65536, required = true, about = "as many as forward returns logits" },
  { name = "train", type = "files", required = true, about = "files with the training images" },
  { name = "test", type = "files", required = true, about = "files with the test images" },
  { name = "label_bytes", type = "integer", min = 1, max = 16, default_note = "as many as the class takes",
    about = "at the start of each record" },
  { name = "label", type = "integer", min = 1, max = 16, default_note = "the last",
    about = "which of them is the class, 1 being the first; of more than 256 classes the last two are by default, or "
      .. "this one and the next, the lower byte first" },
  { name = "records", type = "integer", min = 1, max = 2147483647, default_note = "as many as its size says",
    about = "in each file" },
  { name = "class_names", type = "class_names", default_note = "numbers", about = "in the order of the labels" },
}

local function jitter(name, about)
  return { name = name, type = "number", min = 0, max = 1000, default = 0, about = about }
end

local jitter_options = {
  jitter("brightness", "its factor is drawn from 1 - this (at least 0) to 1 + this"),
  jitter("contrast", "the same"),
  jitter("saturation", "the same"),
  { name = "hue", type = "number", min = 0, max = 0.5, default = 0,
    about = "it moves by up to so many turns of the circle of colors, forwards or back" },
}

local augment_options = {
  { name = "crop_padding", type = "integer", min = 0, max = 256, default = 0, unit = "pixels",
    about = "border around the image, out of which a random crop of the image's size is cut" },
  { name = "border", type = "choice", choices = { "black", "reflect" }, default = "black",
    about = "what that border shows: nothing, or the image mirrored at its edge" },
  { name = "flip", type = "flip", min = 0, max = 1, default = false,
    about = "mirror left and right with this probability (true is 0.5); alternating: half of the images at first, "
      .. "then each in every other epoch" },
  { name = "trivial_augment", type = "flag", default = false,
    about = "change each image by one of the 14 operations of torchvision's `TrivialAugmentWide`, at any of 31 strengths" },
  { name = "color_jitter", type = "options", options = jitter_options, whole = true, default_note = "none",
    about = "change colors in a random order, as torchvision's `ColorJitter`" },
  { name = "cutout", type = "integer", min = 0, max = side, default = 0, unit = "pixels",
    about = "side of a square at a random place that is set to the mean" },
  { name = "random_erasing", type = "number", min = 0, max = 1, default = 0,
    about = "probability that a rectangle at a random place is set to the mean, as torchvision's `RandomErasing`" },
  { name = "erasing_scale", type = "range", min = 0, max = 1, default = { 0.02, 0.33 }, default_note = "{ 0.02, 0.33 }",
    about = "of its area: parts of the image's" },
  { name = "erasing_ratio", type = "range", above = 0, max = 1000, default = { 0.3, 3.3 }, default_note = "{ 0.3, 3.3 }",
    about = "of its height to its width" },
  { name = "mixup", type = "number", min = 0, max = 1000000, default = 0,
    about = "alpha of the Beta distribution that says in which parts two images of a batch, and their targets, are mixed" },
  { name = "cutmix", type = "number", min = 0, max = 1000000, default = 0,
    about = "alpha of the Beta distribution that says how large a rectangle of another image of the batch is set into each, as "
      .. "torchvision's `CutMix`; beside mixup: one of the two for each batch, as likely as the other" },
}

local train_options = {
  { name = "optimizer", type = "made", by = optimizers, required = true, about = "how weights move" },
  { name = "groups", type = "parts", by = { "group" }, default = {}, default_note = "none",
    about = "parameters that move otherwise" },
  { name = "epochs", type = "number", above = 0, max = 1000000, required = true, unit = "epochs",
    about = "length of the training, to the nearest step" },
  { name = "schedule", type = "made", by = all_schedules,
    default_note = "net.constant {}", about = "how the learning rate moves" },
  { name = "augment", type = "options", options = augment_options, default_note = "none",
    about = "random changes of training images" },
  { name = "drop_last", type = "flag", default = false,
    about = "leave out the last batch of an epoch where it would be smaller than the others" },
  { name = "patience", type = "integer", min = 0, max = 1000000, default = 0, unit = "epochs",
    about = "stop where so many have passed since the best by the images that `--val-split` holds out; 0: never" },
  { name = "lookahead", type = "made", by = { "lookahead" }, default_note = "none",
    about = "slow weights beside those that the optimiser moves" },
  { name = "clip_norm", type = "number", above = 0, default_note = "none",
    about = "where the 2-norm of all gradients together is above this, they are scaled down to it, as "
      .. "`torch.nn.utils.clip_grad_norm_` does" },
  { name = "ema_decay", type = "number", above = 0, below = 1, default_note = "none",
    about = "decay of an exponential moving average of weights and running statistics, as `AveragedModel` with "
      .. "`get_ema_multi_avg_fn` keeps it; the averages are what is evaluated and saved" },
}

local list = {
  { word = "model", arguments = {}, about = "The network, its loss and its training; a spec returns it.",
    options = {
      { name = "name", type = "identifier", required = true,
        about = "names the folder below build/ and the C functions" },
      { name = "input", type = "options", options = input_options, required = true, about = "the image" },
      { name = "forward", type = "function", required = true, about = "takes the image and returns the logits" },
      init("init", weight_init.names, weight_init.conv_words, "how weights of convolutions start that do not say it themselves",
        { default = "pytorch" }),
      { name = "freeze", type = "names", of = "layers and parameters", default_note = "none",
        about = "they stay as they are; a name stands for all layers that begin with it and a dot, too" },
      { name = "freeze_after", type = "epochs_by_name", above = 0, max = 1000000, default_note = "none", unit = "epochs",
        about = "layers and parameters, named as for freeze, that are trained for so long and then stay" },
      { name = "exact", type = "flag", default = false,
        about = "convolve directly, not by algorithms of fewer products, whose sums round otherwise" },
      { name = "precision", type = "choice", choices = targets.precisions, default = "float32",
        about = "of the products of 3x3 and 1x1 convolutions, and in which memory keeps what layers make; weights, sums and the"
          .. " optimiser stay float32: bf16, of stride 1 by tiles of 2x2 outputs, or bf16_4x4, by 4x4, faster and less exact" },
      { name = "loss", type = "made", by = { "cross_entropy" }, required = true, about = "what training lowers" },
      { name = "train", type = "options", options = train_options, required = true,
        about = "defaults of the trainer" },
      { name = "data", type = "options", options = data_options, whole = true,
        default_note = "CIFAR-10's files, with any number of classes",
        about = "the images, in files of records: label bytes, then the image's planes, each row by row" },
    } },
  { word = "block", arguments = { "function(x, ...)" },
    about = "Makes a word of a function: `word(x, \"name\", ...)` calls it with x and the rest, and every "
      .. "name given inside gets `name.` in front." },
  { word = "conv", kind = "layer", arguments = { "x", '"name"' }, complete = complete_conv, like = "nn.Conv2d",
    about = "Convolution.",
    options = {
      out("output channels"), kernel(), stride(1),
      { name = "padding", type = "padding", min = 0, max = window, default = 0, unit = "pixels",
        about = "zeros around the image; \"same\": as many as leave it as large as it is, an odd one below and right" },
      { name = "dilation", type = "pair", min = 1, max = window, default = 1, unit = "pixels",
        about = "distance between the taps of a window" },
      { name = "groups", type = "integer", min = 1, max = channels, default = 1,
        about = "parts of the channels that are convolved apart" },
      { name = "bias", type = "flag", default = false,
        about = "add a bias; PyTorch's default is true, here false, as before a bn" },
      init("init", weight_init.names, weight_init.first_words, "how the weight starts",
        { from_model = "init", default_note = "the model's" }),
      bias_init(),
    } },
  { word = "bn", kind = "layer", arguments = { "x", '"name"' }, complete = complete_bn, like = "nn.BatchNorm2d",
    about = "Batch normalisation.",
    options = {
      { name = "eps", type = "number", above = 0, default = 1e-5, about = "added to the variance" },
      { name = "momentum", type = "number", min = 0, max = 1, default = 0.1,
        about = "weight of a batch in the running statistics" },
      affine(),
      { name = "scale", type = "flag", default = true,
        about = "train the weight; without it stays as it starts or as it is loaded" },
      norm_init(), norm_bias_init(),
    } },
  { word = "group_norm", kind = "layer", arguments = { "x", '"name"' }, complete = refuse_norm_init, like = "nn.GroupNorm",
    about = "Normalisation of each image by groups of channels.",
    options = {
      { name = "groups", type = "integer", min = 1, max = channels, required = true, about = "parts of the channels" },
      { name = "eps", type = "number", above = 0, default = 1e-5, about = "added to the variance" },
      affine(), norm_init(), norm_bias_init(),
    } },
  { word = "relu", kind = "function", arguments = { "x" }, like = "nn.ReLU", about = "The larger of x and 0." },
  { word = "relu6", kind = "function", arguments = { "x" }, like = "nn.ReLU6", about = "x, but at least 0 and at most 6." },
  { word = "leaky_relu", kind = "function", arguments = { "x" }, like = "nn.LeakyReLU",
    about = "x where it is above 0, else a part of it.",
    options = {
      { name = "slope", type = "number", min = 0, max = 1000, default = 0.01, about = "what x is multiplied with below 0" },
    } },
  { word = "sigmoid", kind = "function", arguments = { "x" }, like = "nn.Sigmoid", about = "1 / (1 + exp(-x))." },
  { word = "silu", kind = "function", arguments = { "x" }, like = "nn.SiLU", about = "x * sigmoid(x)." },
  { word = "gelu", kind = "function", arguments = { "x" }, like = "nn.GELU",
    about = "x times the share of a normal distribution that lies below x.",
    options = {
      { name = "approximate", type = "choice", choices = { "none", "tanh" }, default = "none",
        about = "that share by the error function, or by a formula with tanh that is close to it" },
    } },
  { word = "scale", kind = "function", arguments = { "x" }, unnamed = "factor",
    about = "x times a number, as `x * factor`.",
    options = {
      { name = "factor", type = "number", required = true, about = "the number" },
    } },
  { word = "add", kind = "function", arguments = { "a", "b", "..." }, folds = true,
    about = "Sum of two or more tensors of one shape, as `a + b`." },
  { word = "mul", kind = "function", arguments = { "a", "b" },
    about = "Product of two tensors value by value, as `a * b`: of one shape, or one of them 1x1, a factor for each channel." },
  { word = "concat", kind = "function", arguments = { "a", "b", "..." }, like = "torch.cat(..., 1)",
    about = "The channels of two or more tensors of one height and width, one tensor's after the other's." },
  { word = "pad_channels", kind = "function", called = "pad", arguments = { "x" },
    about = "x with channels of zeros around its own, at every stride-th position: the shortcut of the first ResNets (option A).",
    options = {
      { name = "before", type = "integer", min = 0, max = channels, default = 0, about = "channels of zeros before those of x" },
      { name = "after", type = "integer", min = 0, max = channels, default = 0, about = "and after them" },
      { name = "stride", type = "pair", min = 1, max = window, default = 1, unit = "pixels",
        about = "distance between the positions that are taken" },
    } },
  { word = "max_pool", kind = "function", called = "maxpool", arguments = { "x" }, like = "nn.MaxPool2d",
    about = "Largest value of each window.",
    options = { kernel(), stride(nil, "kernel"), padding("at most half the kernel; never wins"), ceil_mode() } },
  { word = "avg_pool", kind = "function", called = "avgpool", arguments = { "x" }, like = "nn.AvgPool2d",
    about = "Mean of each window.",
    options = { kernel(), stride(nil, "kernel"), padding("at most half the kernel; counts as zeros"), ceil_mode() } },
  { word = "mean_pool", kind = "function", called = "mean", arguments = { "x" }, like = "nn.AdaptiveAvgPool2d(1)",
    about = "Mean of each channel." },
  { word = "adaptive_avg_pool", kind = "function", called = "avgpool", arguments = { "x" }, like = "nn.AdaptiveAvgPool2d",
    about = "Mean of each of so many parts of the image, which may overlap.", options = { size() } },
  { word = "adaptive_max_pool", kind = "function", called = "maxpool", arguments = { "x" }, like = "nn.AdaptiveMaxPool2d",
    about = "Largest value of each of so many parts of the image; with size 1 of each channel.", options = { size() } },
  { word = "flatten", kind = "function", arguments = { "x" }, like = "nn.Flatten",
    about = "All values of an image in a row: 1x1 with channels * height * width channels." },
  { word = "linear", kind = "layer", arguments = { "x", '"name"' }, complete = refuse_bias_init, like = "nn.Linear",
    about = "Fully connected layer; x must be 1x1.",
    options = {
      out("output channels, or classes"),
      { name = "bias", type = "flag", default = true, about = "add a bias" },
      init("init", weight_init.names, weight_init.words, "how the weight starts", { default = "pytorch" }),
      bias_init(),
    } },
  { word = "dropout", kind = "function", arguments = { "x" }, like = "nn.Dropout",
    about = "Clears random values while training.",
    options = {
      { name = "p", type = "number", min = 0, below = 1, default = 0.5, about = "probability that a value is cleared" },
    } },
  { word = "dropout2d", kind = "function", arguments = { "x" }, like = "nn.Dropout2d",
    about = "Clears random channels of images while training.",
    options = {
      { name = "p", type = "number", min = 0, below = 1, default = 0.5, about = "probability that a channel is cleared" },
    } },
  { word = "drop_path", kind = "function", arguments = { "x" }, like = "torchvision.ops.StochasticDepth(p, \"row\")",
    about = "Clears random images while training, before a residual sum.",
    options = {
      { name = "p", type = "number", min = 0, below = 1, required = true, about = "probability that an image is cleared" },
    } },
  { word = "normal", kind = "setting", arguments = {}, like = "nn.init.normal_", about = "Start of a parameter: normal, of mean 0.",
    options = {
      { name = "std", type = "number", above = 0, max = 1000000, required = true, about = "standard deviation" },
    } },
  { word = "uniform", kind = "setting", arguments = {}, like = "nn.init.uniform_",
    about = "Start of a parameter: uniform, as likely below 0 as above.",
    options = {
      { name = "bound", type = "number", above = 0, max = 1000000, required = true, about = "from minus this up to this" },
    } },
  { word = "dirac", kind = "setting", arguments = {}, like = "nn.init.dirac_",
    about = "Start of a convolution: of each group as many filters as it has input channels let one of them each through.",
    options = {
      { name = "rest", type = "choice", choices = { "zeros", "pytorch" }, default = "zeros",
        about = "how the other filters start: as in `dirac_(w, groups)`, or as if it were `dirac_` of the first filters alone" },
    } },
  { word = "whitening", kind = "setting", arguments = {},
    about = "Start of a convolution of the image: filters that whiten patches of training images, by the trainer.",
    options = {
      { name = "eps", type = "number", above = 0, max = 1000000, default = 5e-4, about = "added to each variance" },
      { name = "images", type = "integer", min = 1, max = 1000000, default = 5000,
        about = "the first so many of the training set, or all where it has fewer" },
    } },
  { word = "cross_entropy", kind = "setting", arguments = {}, like = "nn.CrossEntropyLoss",
    about = "Softmax cross entropy, mean over the batch.",
    options = {
      { name = "label_smoothing", type = "number", min = 0, max = 1, default = 0,
        about = "part of the target spread over all classes" },
      { name = "class_weights", type = "class_weights", above = 0, default_note = "none", unit = "in the order of the labels",
        about = "factors of the classes in the loss; the mean is then over the weights of the targets" },
    } },
  { word = "adam", kind = "setting", arguments = {}, refuse = refuse_decay, like = "torch.optim.Adam", about = "Optimiser.",
    options = adam_options(0, decay_of_gradient) },
  { word = "adamw", kind = "setting", arguments = {}, refuse = refuse_decay, like = "torch.optim.AdamW", about = "Optimiser.",
    options = adam_options(1e-2, decay_of_weight) },
  { word = "lion", kind = "setting", arguments = {}, refuse = refuse_decay,
    about = "Optimiser: steps of one size along the signs of a mean of gradients (Chen et al. 2023).",
    options = {
      lr(1e-4), beta("beta1", 0.9, "part of the mean in what the sign is taken of; the rest is the gradient"),
      beta("beta2", 0.99, "decay of the mean of gradients"), weight_decay(0, decay_of_weight), decay(),
    } },
  { word = "muon", kind = "setting", arguments = {}, refuse = refuse_muon,
    about = "Optimiser of weights of conv and linear, which are matrices of outputs and all else: momentum made orthogonal by the "
      .. "quintic Newton-Schulz iteration of Jordan 2024; biases and norms need a group with another.",
    options = {
      lr(), momentum(0.95, "part of the last sum of gradients kept"),
      { name = "nesterov", type = "flag", default = true, about = "look ahead; needs momentum" },
      weight_decay(0, decay_of_weight), decay(),
      { name = "ns_steps", type = "integer", min = 1, max = 20, default = 5, about = "iterations" },
      eps(1e-7, "added to the norm before dividing"),
      { name = "normalize_weights", type = "flag", default = false,
        about = "scale each weight to the 2-norm sqrt(out) before a step" },
      { name = "adjust_lr", type = "choice", choices = { "none", "original", "match_rms_adamw" }, default = "none",
        about = "the step of a matrix times 1, sqrt(max(1, rows / columns)) or 0.2 sqrt(max(rows, columns)), as "
          .. "`adjust_lr_fn` of `torch.optim.Muon`" },
    } },
  { word = "rmsprop", kind = "setting", arguments = {}, refuse = refuse_decay, like = "torch.optim.RMSprop", about = "Optimiser.",
    options = {
      lr(1e-2), beta("alpha", 0.99, "decay of the mean of squared gradients"), eps(1e-8, "added to the root before dividing"),
      weight_decay(0, decay_of_gradient), decay(), momentum(0, "part of the last move kept"),
      { name = "centered", type = "flag", default = false,
        about = "divide by the deviation of gradients, not by the root of their mean square" },
    } },
  { word = "sgd", kind = "setting", arguments = {}, refuse = refuse_sgd, like = "torch.optim.SGD", about = "Optimiser.",
    options = {
      lr(), momentum(0, "part of the last move kept"),
      { name = "dampening", type = "number", min = 0, max = 1, default = 0,
        about = "part of the gradient kept out of the momentum" },
      weight_decay(0, decay_of_gradient), decay(),
      { name = "nesterov", type = "flag", default = false, about = "look ahead; needs momentum and no dampening" },
    } },
  { word = "group", kind = "setting", arguments = {}, refuse = refuse_group,
    about = "Parameters that move otherwise than the rest: by factors of the optimiser's numbers, or by an optimiser of their own.",
    options = {
      { name = "parameters", type = "names", of = "parameters", required = true,
        about = "as in PyTorch's `named_parameters`; `*` stands for any characters" },
      { name = "lr_factor", type = "number", min = 0, max = 1000000, default = 1, about = "times the learning rate" },
      { name = "weight_decay_factor", type = "number", min = 0, max = 1000000, default = 1, about = "times the weight decay" },
      { name = "momentum_factor", type = "number", min = 0, max = 1, default = 1, about = "times the momentum, Adam's beta1" },
      { name = "optimizer", type = "made", by = optimizers, default_note = "the model's",
        about = "how they move instead; its learning rate moves as the schedule moves the other's" },
    } },
  { word = "lookahead", kind = "setting", arguments = {},
    about = "Slow weights (Zhang et al. 2019): at times they go a part of the way to the weights, which then go back to them; after "
      .. "the last step the weights are the slow ones.",
    options = {
      { name = "every", type = "integer", min = 1, max = 1000000, default = 5, unit = "steps", about = "between two such times" },
      { name = "alpha", type = "number", above = 0, max = 1, default = 0.5, about = "that part" },
      { name = "power", type = "number", min = 0, max = 100, default = 0,
        about = "above 0: it falls from all of the way to alpha, as 1 - (1 - alpha) t^power where t is the part of the training "
          .. "that is done (Jordan 2024)" },
      { name = "statistics", type = "flag", default = true, about = "running statistics of batch norms, too" },
    } },
  { word = "constant", kind = "setting", arguments = {}, about = "Schedule: the learning rate stays.",
    options = { per("step"), warmup() } },
  { word = "step", kind = "setting", arguments = {}, like = "StepLR", about = "Schedule: the learning rate falls in steps.",
    options = {
      { name = "step_size", type = "integer", min = 1, max = 2147483647, required = true, unit = units,
        about = "distance between falls" },
      gamma(0.1), per("epoch"), warmup(),
    } },
  { word = "multi_step", kind = "setting", arguments = {}, like = "MultiStepLR",
    about = "Schedule: the learning rate falls at milestones.",
    options = {
      { name = "milestones", type = "rising", of = "number", above = 0, max = 2147483647, required = true, unit = units,
        about = "when it falls, to the nearest step" },
      gamma(0.1), per("epoch"), warmup(),
    } },
  { word = "exponential", kind = "setting", arguments = {}, like = "ExponentialLR",
    about = "Schedule: the learning rate falls by a factor each epoch or step.",
    options = { gamma(), per("epoch"), warmup() } },
  { word = "linear_lr", kind = "setting", arguments = {}, like = "LinearLR",
    about = "Schedule: a straight line from one part of the learning rate to another.",
    options = {
      { name = "start_factor", type = "number", above = 0, max = 1, required = true, about = "part of it at first" },
      { name = "end_factor", type = "number", min = 0, max = 1, required = true, about = "part of it at last" },
      total_iters("there"), per("epoch"), warmup(),
    } },
  { word = "polynomial", kind = "setting", arguments = {}, like = "PolynomialLR",
    about = "Schedule: a power of the part that is left, down to 0.",
    options = {
      { name = "power", type = "number", above = 0, max = 1000, default = 1, about = "1: a straight line" },
      total_iters("0"), per("epoch"), warmup(),
    } },
  { word = "cosine", kind = "setting", arguments = {}, like = "CosineAnnealingLR",
    about = "Schedule: half a cosine over the whole training.",
    options = {
      lr_min("learning rate at the end"), per("epoch"), warmup(),
    } },
  { word = "cosine_restarts", kind = "setting", arguments = {}, like = "CosineAnnealingWarmRestarts",
    about = "Schedule: half a cosine again and again.",
    options = {
      { name = "period", type = "integer", min = 1, max = 2147483647, required = true, unit = units,
        about = "length of the first" },
      { name = "period_factor", type = "integer", min = 1, max = 1000, default = 1,
        about = "each is so many times as long as the last" },
      lr_min("learning rate before it restarts"), per("epoch"), warmup(),
    } },
  { word = "one_cycle", kind = "setting", arguments = {}, refuse = refuse_one_cycle, like = "OneCycleLR",
    about = "Schedule: up from lr / div_factor to lr, then down below the start, in two half cosines.",
    options = {
      { name = "pct_start", type = "number", above = 0, below = 1, default = 0.3,
        about = "part of the training that goes up" },
      { name = "div_factor", type = "number", above = 0, default = 25, about = "lr over the first learning rate" },
      { name = "final_div_factor", type = "number", above = 0, default = 1e4,
        about = "first learning rate over the last" },
      { name = "cycle_momentum", type = "flag", default = true,
        about = "move momentum (Adam: beta1) against the learning rate" },
      { name = "base_momentum", type = "number", min = 0, below = 1, default = 0.85, about = "least momentum" },
      { name = "max_momentum", type = "number", min = 0, below = 1, default = 0.95, about = "largest momentum" },
      per("step"), warmup(),
    } },
  { word = "sequential", kind = "setting", arguments = {}, refuse = refuse_sequential, like = "SequentialLR",
    about = "Schedule: several schedules, each for a part of the training.",
    options = {
      { name = "parts", type = "parts", by = schedule_parts, required = true,
        about = "the schedules; each starts from the learning rate, moves by its own unit and ends where the next begins" },
      { name = "milestones", type = "rising", of = "number", above = 0, max = 1000000, required = true, unit = "epochs",
        about = "when each but the first begins" },
      warmup(),
    } },
}

-- CIFAR-10's training set, pixels from 0 to 1.
local cifar10 = { mean = { 0.4914, 0.4822, 0.4465 }, std = { 0.2470, 0.2435, 0.2616 } }

-- Its files. How many classes are used is the model's matter.
local cifar10_data = {
  name = "CIFAR-10", label_bytes = 1, records = 10000, class_names = "batches.meta.txt",
  train = { "data_batch_1.bin", "data_batch_2.bin", "data_batch_3.bin", "data_batch_4.bin", "data_batch_5.bin" },
  test = { "test_batch.bin" },
}

-- What others call the words and options: one that means the same leads to ours, one that means another thing is no slip
-- of the pen, near as it is in letters.
local words_elsewhere = {
  same = nearest.names {
    conv = "conv2d convolution", bn = "batch_norm batch_norm2d batch_normalization", group_norm = "groupnorm gn",
    relu = "rectified_linear",
    add = "plus", mul = "multiply times", concat = "cat concatenate", silu = "swish", leaky_relu = "lrelu",
    max_pool = "max_pool2d max_pooling2d", avg_pool = "avg_pool2d average_pool average_pooling2d",
    drop_path = "stochastic_depth", dropout2d = "spatial_dropout spatial_dropout2d",
    adaptive_avg_pool = "adaptive_avg_pool2d", adaptive_max_pool = "adaptive_max_pool2d global_max_pool global_max_pool2d",
    mean_pool = [[global_avg_pool global_avg_pool2d global_average_pool
      global_average_pooling2d gap]],
    linear = "dense fc fully_connected", cross_entropy = "cross_entropy_loss softmax_cross_entropy",
    step = "step_lr", multi_step = "multi_step_lr milestones", exponential = "exponential_lr", polynomial = "polynomial_lr poly",
    cosine = "cosine_annealing cosine_annealing_lr", one_cycle = "one_cycle_lr", sequential = "sequential_lr",
    cosine_restarts = "cosine_annealing_warm_restarts cosine_warm_restarts warm_restarts sgdr",
  },
  others = nearest.set [[
    celu elu selu prelu rrelu crelu mish glu
    conv1d conv3d bilinear unflatten unflat embedding module sub div pad
    max_pool1d max_pool3d max_unpool max_unpool1d max_unpool2d max_unpool3d lp_pool
    avg_pool1d avg_pool3d min_pool sum_pool median_pool dropout1d dropout3d dropblock
    ln in rn layer_norm instance_norm binary_cross_entropy
    adamax nadam radam asgd lamb adagrad adadelta constant_lr lambda_lr reduce_lr_on_plateau cyclic_lr
  ]],
}
local options_elsewhere = {
  same = nearest.names {
    out = "out_channels out_features filters units", kernel = "kernel_size window", groups = "num_groups",
    stride = "strides", padding = "pad",
    lr = "learning_rate", eps = "epsilon", batch = "batch_size", optimizer = "optim", epochs = "num_epochs",
    schedule = "scheduler lr_scheduler", clip_norm = "max_norm clip_grad_norm", lr_min = "eta_min min_lr", period = "t_0",
    period_factor = "t_mult", parts = "schedulers schedules", p = "rate prob",
    loss = "criterion", flip = "horizontal_flip", slope = "negative_slope", trivial_augment = "trivial_augment_wide",
    color_jitter = "colour_jitter", random_erasing = "random_erase",
  },
  others = nearest.set "lr_max max_lr in_channels in_features padding_mode betas",
}

local words = {
  optimizers = optimizers, schedules = schedules,
  elsewhere = words_elsewhere, options_elsewhere = options_elsewhere,
  list = list, batch = input_options[1], input = input_options, train = train_options, augment = augment_options,
  cifar10 = cifar10, cifar10_data = cifar10_data, by_name = {}, names = {},
}

local word_fields = "arguments! about! options called like refuse complete folds unnamed"
local make = fields.declare("word", "word! kind " .. word_fields)
local _, fault = fields.declare("word", "word! kind! " .. word_fields)
words.fault = fault -- of one that others add

local function register(entry)
  entry.options = entry.options or {}
  words.by_name[entry.word] = make(entry)
  words.names[#words.names + 1] = entry.word
end
for _, entry in ipairs(list) do register(entry) end

-- Adds a word that is not in the list.
function words.add(entry)
  list[#list + 1] = entry
  register(entry)
end

return words

-- Initial weights by their PyTorch names. A start is "zeros", "ones", "normal" with standard deviation `scale`, "uniform" in
-- [-scale, scale), or "dirac": the first filters of each group, as many as it has input channels, let one channel each
-- through, and the rest are zero or, with a scale, uniform. Rules turn the fans of a weight (values that flow into one
-- output, and out of one input) into a start; so do the words net.normal and the like, whose content is a table.
--
-- Called while a spec runs, when strings have no methods (sandbox.lua).
local window = require "window"

local weight_init = {}

local function normal(deviation) return { init = "normal", scale = deviation } end
local function uniform(bound) return { init = "uniform", scale = bound } end

local rules = {
  -- kaiming_uniform_ with a = sqrt(5), what nn.Conv2d and nn.Linear do by themselves; a bias has its weight's bound.
  pytorch = function(fan_in) return uniform(math.sqrt(1 / fan_in)) end,
  kaiming_normal_fan_in = function(fan_in) return normal(math.sqrt(2 / fan_in)) end,
  kaiming_normal_fan_out = function(_, fan_out) return normal(math.sqrt(2 / fan_out)) end,
  kaiming_uniform_fan_in = function(fan_in) return uniform(math.sqrt(6 / fan_in)) end,
  kaiming_uniform_fan_out = function(_, fan_out) return uniform(math.sqrt(6 / fan_out)) end,
  xavier_normal = function(fan_in, fan_out) return normal(math.sqrt(2 / (fan_in + fan_out))) end,
  xavier_uniform = function(fan_in, fan_out) return uniform(math.sqrt(6 / (fan_in + fan_out))) end,
  zeros = function() return { init = "zeros" } end,
  ones = function() return { init = "ones" } end,
}

local made = {
  normal = function(word) return normal(word.std) end,
  uniform = function(word) return uniform(word.bound) end,
  dirac = function(word, fan_in) return { init = "dirac", scale = word.rest == "pytorch" and rules.pytorch(fan_in).scale or 0.0 } end,
  whitening = function(_, fan_in) return rules.pytorch(fan_in) end, -- until the trainer has images
}

-- Names of rules in the order in which they are documented: of a weight, of a bias, of a norm's weight and bias.
weight_init.names = {
  "pytorch", "kaiming_normal_fan_in", "kaiming_normal_fan_out",
  "kaiming_uniform_fan_in", "kaiming_uniform_fan_out", "xavier_normal", "xavier_uniform", "zeros",
}
weight_init.bias_names = { "pytorch", "zeros" }
weight_init.norm_names = { "ones", "zeros" }

-- Words that may stand in place of a name: of any parameter, of a convolution's weight, of that of the first layer.
weight_init.words = { "normal", "uniform" }
weight_init.conv_words = { "normal", "uniform", "dirac" }
weight_init.first_words = { "normal", "uniform", "dirac", "whitening" }

local function parameter(name, dims, rule, fan_in, fan_out)
  local start = type(rule) == "table" and made[rule.kind](rule, fan_in) or rules[rule](fan_in, fan_out)
  return { name = name, dims = dims, init = start.init, scale = start.scale }
end

-- The parameters of a layer with weight `dims` = {out, in, ...}; rule, bias_rule: names of rules or what words made;
-- no bias without a rule for it.
function weight_init.parameters(dims, rule, bias_rule)
  local receptive = (dims[3] or 1) * (dims[4] or 1)
  local fan_in, fan_out = dims[2] * receptive, dims[1] * receptive
  local list = { parameter("weight", dims, rule, fan_in, fan_out) }
  list[2] = bias_rule and parameter("bias", { dims[1] }, bias_rule, fan_in, fan_out) or nil
  return list
end

-- Weight and bias of a norm of so many channels.
function weight_init.norm(channels, rule, bias_rule)
  return parameter("weight", { channels }, rule or "ones"), parameter("bias", { channels }, bias_rule or "zeros")
end

-- What is wrong with whitening as the start of a convolution over `x`, {height, width, channels}, the image or not, or nil.
function weight_init.refuse_whitening(attributes, x, is_image)
  local kernel = attributes.kernel
  local patch = x.channels * kernel[1] * kernel[2]
  local height, width = window.span(attributes, 1), window.span(attributes, 2)
  if not is_image then
    return "net.whitening is for a convolution of the image itself, whose patches the training images have"
  elseif attributes.groups ~= 1 then
    return "net.whitening is for a convolution without groups"
  elseif attributes.out > 2 * patch then
    return string.format("net.whitening has two filters for each of the %d values of a patch, %d, but out is %d", patch, 2 * patch,
      attributes.out)
  elseif patch > weight_init.largest_patch then
    return string.format("net.whitening is for patches of up to %d values; %dx%d of %d channels is %d", weight_init.largest_patch,
      kernel[1], kernel[2], x.channels, patch)
  elseif height > x.height or width > x.width then
    return string.format("net.whitening needs patches within the image, but the window is %dx%d and the image %dx%d", height, width,
      x.height, x.width)
  end
end

weight_init.largest_patch = 256 -- values: of an eigenproblem that takes seconds

return weight_init

-- Initial weights by their PyTorch names. Each rule turns the fans of a weight (values that
-- flow into one output, and out of one input) into a distribution: "normal" with standard
-- deviation `scale`, or "uniform" in [-scale, scale).
local weight_init = {}

local function normal(deviation) return { init = "normal", scale = deviation } end
local function uniform(bound) return { init = "uniform", scale = bound } end

local rules = {
  -- kaiming_uniform_ with a = sqrt(5), what nn.Conv2d and nn.Linear do by themselves.
  pytorch = function(fan_in) return uniform(math.sqrt(1 / fan_in)) end,
  kaiming_normal_fan_in = function(fan_in) return normal(math.sqrt(2 / fan_in)) end,
  kaiming_normal_fan_out = function(_, fan_out) return normal(math.sqrt(2 / fan_out)) end,
  kaiming_uniform_fan_in = function(fan_in) return uniform(math.sqrt(6 / fan_in)) end,
  kaiming_uniform_fan_out = function(_, fan_out) return uniform(math.sqrt(6 / fan_out)) end,
  xavier_normal = function(fan_in, fan_out) return normal(math.sqrt(2 / (fan_in + fan_out))) end,
  xavier_uniform = function(fan_in, fan_out) return uniform(math.sqrt(6 / (fan_in + fan_out))) end,
}

-- In the order in which they are documented.
weight_init.names = {
  "pytorch", "kaiming_normal_fan_in", "kaiming_normal_fan_out",
  "kaiming_uniform_fan_in", "kaiming_uniform_fan_out", "xavier_normal", "xavier_uniform",
}

-- The parameters of a layer with weight `dims` = {out, in, ...}; a bias, if any, always starts as
-- PyTorch's does, uniform within 1/sqrt(fan_in).
function weight_init.parameters(dims, rule, bias)
  local receptive = (dims[3] or 1) * (dims[4] or 1)
  local fan_in, fan_out = dims[2] * receptive, dims[1] * receptive
  local start = rules[rule](fan_in, fan_out)
  local list = { { name = "weight", dims = dims, init = start.init, scale = start.scale } }
  if bias then
    list[2] = { name = "bias", dims = { dims[1] }, init = "uniform", scale = math.sqrt(1 / fan_in) }
  end
  return list
end

return weight_init

-- What the generator knows of each optimiser beside the options of its word, by that word:
--
--   template     templates/update/NAME.c, its formula
--   momentum     the option that one_cycle moves, and of which groups take a part
--   decay        "gradient": weight decay is added to the gradient; "weight": it shrinks the weight, apart from that
--   states(o)    of each parameter, in their order, called as in PyTorch; o: its options
--   flags(o)     what of the formula there is, as the template sees it
--   dead(o, decays)   what happens to parameters that no gradient reaches: "none"; "factor": all shrink alike; "factors": so
--                does their momentum, by a factor of its own; "state": each moves on its own, by states of its own
--   matrices     whether it moves whole matrices, and so no biases and norms
local fields = require "fields"

local optimizers = { names = { "adam", "adamw", "lion", "muon", "rmsprop", "sgd" } }

local make = fields.declare("optimizer", "template! momentum! decay! states! flags! dead! matrices")

-- The rule of dead parameters where decay alone moves them.
local function by_decay(how)
  return function(_, decays) return decays and how or "none" end
end

local function adam_of(decay)
  return make {
    template = "adam", momentum = "beta1", decay = decay,
    states = function(o) return { "exp_avg", "exp_avg_sq", o.amsgrad and "max_exp_avg_sq" or nil } end,
    flags = function(o) return { amsgrad = o.amsgrad } end,
    dead = by_decay(decay == "weight" and "factor" or "state"),
  }
end

optimizers.adam = adam_of "gradient"
optimizers.adamw = adam_of "weight"

optimizers.lion = make {
  template = "lion", momentum = "beta1", decay = "weight", dead = by_decay "factor",
  states = function() return { "exp_avg" } end,
  flags = function() return {} end,
}

-- Weights that are scaled to a norm are so with their dead taps.
optimizers.muon = make {
  template = "muon", momentum = "momentum", decay = "weight", matrices = true,
  states = function(o) return { o.momentum ~= 0 and "momentum" or nil } end,
  flags = function(o)
    return { momentum = o.momentum ~= 0, nesterov = o.nesterov, normalizes = o.normalize_weights, ns_steps = o.ns_steps }
  end,
  dead = function(o, decays) return o.normalize_weights and "state" or decays and "factor" or "none" end,
}

optimizers.rmsprop = make {
  template = "rmsprop", momentum = "momentum", decay = "gradient", dead = by_decay "state",
  states = function(o)
    local list = { "square_avg" }
    if o.centered then list[#list + 1] = "grad_avg" end
    if o.momentum ~= 0 then list[#list + 1] = "momentum" end
    return list
  end,
  flags = function(o) return { momentum = o.momentum ~= 0, centered = o.centered } end,
}

optimizers.sgd = make {
  template = "sgd", momentum = "momentum", decay = "gradient", dead = by_decay "factors",
  states = function(o) return { o.momentum ~= 0 and "momentum" or nil } end,
  flags = function(o) return { momentum = o.momentum ~= 0, nesterov = o.nesterov } end,
}

return optimizers

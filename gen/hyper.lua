-- What one step of training may vary: the members of struct PREFIX_hyper, in their order.
--
--   name, type   type of layout.lua; all are of 8 bytes, so nothing lies between them
--   of           whose number of that name it is at first: "optimizer" or "train"; nil: a program says it
--   note         what it is
local layout = require "layout"

local hyper = {
  { name = "lr", type = "f64", of = "optimizer", note = "learning rate" },
  { name = "weight_decay", type = "f64", of = "optimizer", note = "of the gradient or of the weight, as the optimiser has it" },
  { name = "momentum", type = "f64", of = "optimizer", note = "SGD's, Muon's, RMSprop's" },
  { name = "dampening", type = "f64", of = "optimizer", note = "SGD's" },
  { name = "beta1", type = "f64", of = "optimizer", note = "Adam's, Lion's" },
  { name = "beta2", type = "f64", of = "optimizer", note = "Adam's, Lion's" },
  { name = "eps", type = "f64", of = "optimizer", note = "Adam's, Muon's, RMSprop's" },
  { name = "alpha", type = "f64", of = "optimizer", note = "RMSprop's" },
  { name = "clip_norm", type = "f64", of = "train", note = "read where the spec has it" },
  { name = "ema_decay", type = "f64", of = "train", note = "read where the spec has it" },
  { name = "step", type = "i64", note = "1 for the first update" },
  { name = "steps", type = "i64", note = "of the whole training, for lookahead; 0: not known" },
  { name = "frozen", type = "i64", note = "how many stages of the spec's freeze_after have begun: their parameters stay" },
  { name = "seed", type = "u64", note = "of dropout" },
}

-- Of the struct.
function hyper.bytes()
  local bytes = 0
  for _, member in ipairs(hyper) do bytes = bytes + layout.bytes(member.type) end
  return bytes
end

return hyper

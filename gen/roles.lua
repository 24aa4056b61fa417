-- What a tensor is to the program, and what follows from it.
--
--   given       it has a value before the first node of a step runs
--   persistent  it has a place of its own in the arena; else it shares one with tensors that live at other times
--   apart       that place is not in the arena, but in the weights
--   saved       training goes on from it, so a checkpoint holds it
--   wanted      what writes it must run, even if no other node reads it
--   caller      the caller of a step brings it: it has no place in the arena
--   value       of the network: the images and what layers make of them; evaluation has one of its own
--   drawn       comments on the network name it
--   constant    nothing may write it
--   rewritten   several nodes of a step may write it
--   type        of its elements, of layout.lua, where it isn't said; f32
--   each        trained parameters have one each, or one of each name; they lie in the order of the update
--   member      the struct that its values lie in, those of all trained parameters
--   moves       the update moves a parameter by it
--   learned     while training goes on, the same images need not give the same values of it, unless it is fixed
--   narrow      it may be kept in bf16
--   followed    what a step writes there may have a moving average and a slow one
local roles = {
  batch = { given = true, caller = true }, -- images and targets of a step
  result = { wanted = true, caller = true, rewritten = true }, -- loss and hits
  image = { value = true, drawn = true }, -- the images, normalised
  activation = { value = true, drawn = true, learned = true, narrow = true }, gradient = { drawn = true, narrow = true },
  choice = {}, -- what a pool chose, for its way back
  statistic = {}, workspace = {},
  parameter = { given = true, persistent = true, saved = true, wanted = true, each = true, member = "w", learned = true },
  parameter_gradient = { persistent = true, wanted = true, each = true, member = "g", moves = true },
  state = { given = true, persistent = true, saved = true, wanted = true, each = true }, -- the optimiser's, of a parameter
  dead = { given = true, persistent = true, saved = true }, -- taps of a weight that only meet padding
  dead_state = { given = true, persistent = true, saved = true },
  buffer = { given = true, persistent = true, saved = true, followed = true }, -- running statistics
  average = { given = true, persistent = true, saved = true }, -- what follows a buffer: its moving average, its slow one
  frozen = { given = true, persistent = true, saved = true, constant = true }, -- a parameter or buffer that nothing may write
  fixed = { given = true, persistent = true, constant = true, apart = true }, -- as packed: in memory of its own
  data = { persistent = true }, -- batches being made ready
}

for _, role in next, roles do role.type = role.type or "f32" end

-- The persistent ones, in the order in which they lie in the arena: first those that are saved.
roles.in_order = {
  "parameter", "state", "dead", "dead_state", "buffer", "average", "frozen", "parameter_gradient", "data",
}

-- What follows from a role. An unknown one is an error.
return setmetatable(roles, {
  __index = function(_, name) error(string.format("internal error: no tensor has the role %s", tostring(name)), 2) end,
})

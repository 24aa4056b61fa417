-- All ops by name. An op's file says what the op means; see conv.lua for a full one.
--   shape(node, inputs) -> {height, width, channels} of one image, or nil and what is wrong
--   parameters(node, inputs) -> ordered list of {name, dims, init, scale, buffer, int64}, if it has any;
--     `name` is the suffix that PyTorch's state_dict uses, `buffer` marks what no gradient reaches
local names = {
  "input", "conv", "bn", "relu", "add", "max_pool", "avg_pool", "mean_pool", "flatten", "linear",
  "dropout", "cross_entropy",
}

local ops = {}
for _, name in ipairs(names) do ops[name] = require("ops." .. name) end
return ops

-- Each value becomes 0 with probability p, else value / (1 - p), as nn.Dropout; nothing in evaluation.
local dropout = {}

function dropout.shape(_, inputs)
  return inputs[1]
end

return dropout

-- Each value, channel of an image (dropout2d) or image (drop_path) becomes 0 with probability p, else itself / (1 - p), as
-- nn.Dropout, nn.Dropout2d and torchvision's StochasticDepth by row; nothing in evaluation.
local one_input = require "ops.one_input"

local dropouts = {}
for _, name in ipairs { "dropout", "dropout2d", "drop_path" } do dropouts[name] = one_input { evaluate = "skip" } end

return dropouts

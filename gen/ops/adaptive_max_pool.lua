-- The largest value of each part of the image, as nn.AdaptiveMaxPool2d; the parts are those of adaptive_avg_pool.
local one_input = require "ops.one_input"
local window = require "window"

-- The choice is a position of the image.
return one_input { shape = window.adaptive_shape, choices = function(x) return x.height * x.width end }

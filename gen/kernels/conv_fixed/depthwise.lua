-- Convolution of one input channel a group, as when training, with fixed weights.
return require("kernels.conv.depthwise").fixed

-- Convolution of several groups of few channels, as when training, with fixed weights.
return require("kernels.conv.grouped").fixed

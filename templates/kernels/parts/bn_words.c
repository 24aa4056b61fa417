//- What a batch norm takes in training, in words; ends a comment.
 * mean and variance of each channel over @(over);
 * inv_std = 1 / sqrt(variance + @(eps)).
//: if given then
 * statistics: what the convolution left, mean and sum of squared distances to it.
//: end
 * The running variance takes the unbiased estimate, as PyTorch's does. */

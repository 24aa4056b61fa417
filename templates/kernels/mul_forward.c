//- The product of two tensors.
/* @(title)
 *
 *     out = left * right@(places) */
@(include("kernels/parts/each_value.c", "each", "left[j] * right[j]"))

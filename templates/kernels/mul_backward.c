//- The product of two tensors, backward, for the side of its shape.
/* @(title)
 *
 *     d_x @(t.d_x.assign) d_out * other@(places) */
@(include("kernels/parts/each_value.c", "each", "d_out[j] * other[j]"))

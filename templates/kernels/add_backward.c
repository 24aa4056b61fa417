//- The sum of two tensors, backward, for one of its sides.
/* @(title)
 *
 *     d_x @(t.d_x.assign) @(formula) */
//: if called and keeps then
@(include("kernels/parts/each_value.c", "each", apply(called .. "_backward", constant, "d_out[j], out[j]")))
//: elseif called then
@(include("kernels/parts/each_value.c", "each", apply(called .. "_backward", constant, "d_out[j]")))
//: elseif has.out then
@(include("kernels/parts/each_value.c", "each", "out[j] > 0 ? d_out[j] : 0"))
//: else
@(include("kernels/parts/each_value.c", "each", "d_out[j]"))
//: end

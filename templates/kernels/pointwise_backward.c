//- A function of each value, backward.
/* @(title)
 *
 *     d_x @(t.d_x.assign) d_out times the slope of @(text) */
//: if kept then
@(include("kernels/parts/each_value.c", "each", apply(called .. "_backward", constant, "d_out[j], " .. kept .. "[j]")))
//: else
@(include("kernels/parts/each_value.c", "each", apply(called .. "_backward", constant, "d_out[j]")))
//: end

//- A function of each value, where nothing before it could take it in.
/* @(title)
 *
 *     out = @(text) */
@(include("kernels/parts/each_value.c", "each", apply(called, constant, "x[j]")))

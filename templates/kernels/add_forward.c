//- The sum of two tensors, where no batch norm could take it in.
/* @(title)
 *
 *     out = @(formula) */
//: if called then
@(include("kernels/parts/each_value.c", "each", apply(called, constant, "left[j] + right[j]")))
//: elseif cuts == 1 then
@(include("kernels/parts/each_value.c", "each", at_least_zero("left[j] + right[j]")))
//: else
@(include("kernels/parts/each_value.c", "each", "left[j] + right[j]"))
//: end

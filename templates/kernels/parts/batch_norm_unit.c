//- What flows on below a batch norm, for the positions of a unit; is_training: whether it took the statistics of the batch.
static void @(name)_unit(const void *argument, int unit)
{
    scale_gradients(argument, unit, (struct cut){@(positions), @(grain), @(slices), @(slice)}, @(t.d_out.stride.position), @(channels),
                    @(include "kernels/parts/batch_norm_kept.c"),
//: if called then
                    @(name)_below,
//: else
                    NULL,
//: end
                    @(include("kernels/parts/batch_norm_put.c", "to", "d_x")),
                    @(include("kernels/parts/batch_norm_put.c", "to", "d_residual")), @(is_training));
}

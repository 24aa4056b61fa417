//- What flows on below a batch norm, for the positions of a unit; is_training: whether it took the statistics of the batch.
static void @(name)_unit(const void *argument, int unit)
{
    scale_gradients(argument, unit,
                    (struct cut){.positions = @(positions), .grain = @(grain), .slices = @(slices), .slice = @(slice),
                                 .channels = @(channels), .distance = @(t.d_out.stride.position)},@(narrow_of(narrow_keys))
                    (struct flow){.kept = @(include "kernels/parts/batch_norm_kept.c"),
                                  .d_x = @(include("kernels/parts/batch_norm_put.c", "to", "d_x")),
                                  .d_residual = @(include("kernels/parts/batch_norm_put.c", "to", "d_residual")),
                                  .is_training = @(is_training)},
//: if called then
                    @(name)_below);
//: else
                    NULL);
//: end
}

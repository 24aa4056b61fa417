//- What flows on below a batch norm, for the positions of a unit; is_training: whether it took the statistics of the batch.
static void @(name)_unit(const void *argument, int unit)
{
    scale_gradients(argument, unit, (struct cut){@(positions), @(grain), @(slices), @(slice)}, @(t.d_out.stride.position), @(channels),
//: if called then
                    @(kept_by), @(name)_below, @(put_x), @(put_residual), @(is_training));
//: else
                    @(kept_by), NULL, @(put_x), @(put_residual), @(is_training));
//: end
}

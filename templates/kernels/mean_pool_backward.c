//- Global average pooling, backward.
/* @(title)
 *
 *     d_x @(t.d_x.assign) d_out / @(positions) at each position */
struct @(name)_arguments {
@(fields)
};

static void @(name)_unit(const void *argument, int unit)
{
    const struct @(name)_arguments *const a = argument;
@(include "kernels/parts/slice_of_unit.c")
    @(pointer(t.d_out, ""));
    @(pointer(t.d_x, " + " .. start_of(t.d_x, "position")));
    INDEPENDENT
    for (int j = @(first_of(slices, channels)); j < @(end_of_images(slices, channels)); j++)
        d_x[j] @(t.d_x.assign) d_out[j] / @(positions);
}

void @(name)(@(signature))
{
    const struct @(name)_arguments a = {@(pack)};
    run(host, @(positions * slices), @(name)_unit, &a);
}

//- Average pooling of parts of the image, backward.
/* @(title)
 *
 *     d_x @(t.d_x.assign) the sum of d_out / the part's area over the parts that hold it */
struct @(name)_arguments {
@(fields)
};

static void @(name)_unit(const void *argument, int unit)
{
    const struct @(name)_arguments *const a = argument;
@(include "kernels/parts/slice_of_unit.c")
    const int y = position / @(width), x = position % @(width);
@(include "kernels/parts/parts_with_input.c")
    @(pointer(t.d_x, "[y][x]"));
    for (int first = @(first_of(slices, channels)); first < @(end_of_images(slices, channels)); first += SUM_BLOCK) {
        const int count = at_most(@(end_of_images(slices, channels)) - first, SUM_BLOCK);
        double total[SUM_BLOCK] = {0};
        for (int oy = oy0; oy < oy1; oy++) {
            for (int ox = ox0; ox < ox1; ox++) {
                const int y0 = oy * @(height) / @(out_height), y1 = ((oy + 1) * @(height) + @(out_height - 1)) / @(out_height);
                const int x0 = ox * @(width) / @(out_width), x1 = ((ox + 1) * @(width) + @(out_width - 1)) / @(out_width);
                @(pointer(t.d_out, "[oy][ox] + first"));
                for (int j = 0; j < count; j++)
                    total[j] += (double)d_out[j] / ((double)(y1 - y0) * (x1 - x0));
            }
        }
        for (int j = 0; j < count; j++)
            d_x[first + j] @(t.d_x.assign) (@(real))total[j];
    }
}

void @(name)(@(signature))
{
    const struct @(name)_arguments a = {@(pack)};
    run(host, @(positions * slices), @(name)_unit, &a);
}

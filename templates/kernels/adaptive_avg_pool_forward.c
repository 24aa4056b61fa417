//- Average pooling of parts of the image.
/* @(title)
 *
 *     out = the mean of each of @(out_height)x@(out_width) parts of the image */
struct @(name)_arguments {
@(fields)
};

static void @(name)_unit(const void *argument, int unit)
{
    const struct @(name)_arguments *const a = argument;
@(include "kernels/parts/slice_of_unit.c")
    const int oy = position / @(out_width), ox = position % @(out_width);
@(include "kernels/parts/part_of_image.c")
    @(pointer(t.out, "[oy][ox]"));
    for (int first = @(first_of(slices, channels)); first < @(end_of_images(slices, channels)); first += SUM_BLOCK) {
        const int count = at_most(@(end_of_images(slices, channels)) - first, SUM_BLOCK);
        @(wide) total[SUM_BLOCK] = {0};
        for (int y = y0; y < y1; y++) {
            for (int x = x0; x < x1; x++) {
                @(pointer(t.x, "[y][x] + first", "in"));
                for (int j = 0; j < count; j++)
                    total[j] += (@(wide))in[j];
            }
        }
        for (int j = 0; j < count; j++)
            out[first + j] = (@(real))(total[j] / ((@(wide))(y1 - y0) * (@(wide))(x1 - x0)));
    }
}

void @(name)(@(signature))
{
    const struct @(name)_arguments a = {@(pack)};
    run(host, @(positions * slices), @(name)_unit, &a);
}

//- Max pooling of parts of the image.
/* @(title)
 *
 *     out = the largest x of each of @(out_height)x@(out_width) parts of the image
//: if has.choice then
 *     choice = the position that it had, the first of equals, row by row
//: end
 */
struct @(name)_arguments {
@(fields)
};

static void @(name)_unit(const void *argument, int unit)
{
    const struct @(name)_arguments *const a = argument;
@(include "kernels/parts/slice_of_unit.c")
    const int oy = position / @(out_width), ox = position % @(out_width);
@(include "kernels/parts/part_of_image.c")
    @(pointer(t.out, "[oy][ox]", "best"));
//: if has.choice then
    @(pointer(t.choice, "[oy][ox]"));
//: end
    for (int y = y0; y < y1; y++) {
        for (int x = x0; x < x1; x++) {
            const int first = y == y0 && x == x0; /* whatever is there loses to it */
            @(pointer(t.x, "[y][x]", "in"));
            INDEPENDENT
            for (int j = @(first_of(slices, channels)); j < @(end_of_images(slices, channels)); j++) {
                const int better = first | (in[j] > best[j]) | (in[j] != in[j]);
                best[j] = better ? in[j] : best[j];
//: if has.choice then
                choice[j] = better ? (@(t.choice.type))(y * @(width) + x) : choice[j];
//: end
            }
        }
    }
}

void @(name)(@(signature))
{
    const struct @(name)_arguments a = {@(pack)};
    run(host, @(positions * slices), @(name)_unit, &a);
}

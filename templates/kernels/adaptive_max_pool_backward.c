//- Max pooling of parts of the image, backward.
/* @(title)
 *
 *     d_x @(t.d_x.assign) the sum of d_out over the parts whose choice it was */
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
//: if t.d_x.assign == "=" then
    for (int j = @(first_of(slices, channels)); j < @(end_of_images(slices, channels)); j++)
        d_x[j] = 0;
//: end
    for (int oy = oy0; oy < oy1; oy++) {
        for (int ox = ox0; ox < ox1; ox++) {
            @(pointer(t.d_out, "[oy][ox]"));
            @(pointer(t.choice, "[oy][ox]"));
            INDEPENDENT
            for (int j = @(first_of(slices, channels)); j < @(end_of_images(slices, channels)); j++)
                d_x[j] += choice[j] == (@(t.choice.type))position ? d_out[j] : 0;
        }
    }
}

void @(name)(@(signature))
{
    const struct @(name)_arguments a = {@(pack)};
    run(host, @(positions * slices), @(name)_unit, &a);
}

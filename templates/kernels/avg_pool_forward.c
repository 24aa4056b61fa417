//- Average pooling.
/* @(title)
 *
 *     out = the mean of each @(kh)x@(kw) window, stride @(sy)x@(sx), padding @(py)x@(px) counted as zeros@(beyond) */
struct @(name)_arguments {
@(fields)
};

static void @(name)_unit(const void *argument, int unit)
{
    const struct @(name)_arguments *const a = argument;
@(include "kernels/parts/slice_of_unit.c")
    const int oy = position / @(out_width), ox = position % @(out_width);
    @(pointer(t.out, "[oy][ox]"));
    for (int first = @(first_of(slices, channels)); first < @(end_of_images(slices, channels)); first += SUM_BLOCK) {
        const int width = at_most(@(end_of_images(slices, channels)) - first, SUM_BLOCK);
        @(wide) total[SUM_BLOCK] = {0};
        for (int tap = 0; tap < @(kh * kw); tap++) {
@(include "kernels/parts/window_input.c")
            @(pointer(t.x, "[y][x] + first", "in"));
            for (int j = 0; j < width; j++)
                total[j] += (@(wide))@(value(t.x, "in[j]"));
        }
//: if is_cut then
@(include "kernels/parts/window_area.c")
//: end
        for (int j = 0; j < width; j++)
//: if is_cut then
            @(set(t.out, "out[first + j]", "(" .. real .. ")(total[j] / (" .. wide .. ")area)"));
//: else
            @(set(t.out, "out[first + j]", "(" .. real .. ")(total[j] / " .. kh * kw .. ")"));
//: end
    }
}

void @(name)(@(signature))
{
    const struct @(name)_arguments a = {@(pack)};
    run(host, @(positions * slices), @(name)_unit, &a);
}

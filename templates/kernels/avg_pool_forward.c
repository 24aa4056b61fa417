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
    const int oy = unit / @(out_width), ox = unit % @(out_width);
    @(pointer(t.out, "[oy][ox]"));
    for (int first = 0; first < a->n * @(channels); first += SUM_BLOCK) {
        const int width = at_most(a->n * @(channels) - first, SUM_BLOCK);
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
    run(host, @(out_height * out_width), @(name)_unit, &a);
}

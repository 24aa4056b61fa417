//- Max pooling, backward: each input gathers from the windows that chose it.
/* @(title)
 *
 *     d_x @(t.d_x.assign) the sum of d_out over the windows whose choice it was */
struct @(name)_arguments {
@(fields)
};

static void @(name)_unit(const void *argument, int unit)
{
    const struct @(name)_arguments *const a = argument;
@(include "kernels/parts/slice_of_unit.c")
    const int y = position / @(width), x = position % @(width);
    @(pointer(t.d_x, "[y][x]"));
//: if t.d_x.assign == "=" then
    for (int j = @(first_of(slices, channels)); j < @(end_of_images(slices, channels)); j++)
        @(set(t.d_x, "d_x[j]", "0"));
//: end
    for (int tap = 0; tap < @(kh * kw); tap++) {
        const int up = y + @(py) - tap / @(kw), left = x + @(px) - tap % @(kw);
        const int oy = up / @(sy), ox = left / @(sx);
        if (up < 0 || left < 0 || oy * @(sy) != up || ox * @(sx) != left || oy >= @(out_height) || ox >= @(out_width))
            continue;
        @(pointer(t.d_out, "[oy][ox]"));
        @(pointer(t.choice, "[oy][ox]"));
        INDEPENDENT
        for (int j = @(first_of(slices, channels)); j < @(end_of_images(slices, channels)); j++)
            @(set(t.d_x, "d_x[j]", elements(t, "d_x[j] + (choice[j] == tap ? d_out[j] : 0)")));
    }
}

void @(name)(@(signature))
{
    const struct @(name)_arguments a = {@(pack)};
    run(host, @(positions * slices), @(name)_unit, &a);
}

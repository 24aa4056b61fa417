//- Average pooling, backward: each input gathers from the windows it lies in.
/* @(title)
 *
 *     d_x @(t.d_x.assign) the sum of d_out over the windows that hold it, / @(share) */
struct @(name)_arguments {
@(fields)
};

static void @(name)_unit(const void *argument, int unit)
{
    const struct @(name)_arguments *const a = argument;
@(include "kernels/parts/slice_of_unit.c")
    const int y = position / @(width), x = position % @(width);
    @(pointer(t.d_x, "[y][x]"));
    for (int first = @(first_of(slices, channels)); first < @(end_of_images(slices, channels)); first += SUM_BLOCK) {
        const int columns = at_most(@(end_of_images(slices, channels)) - first, SUM_BLOCK);
        double total[SUM_BLOCK] = {0};
        for (int tap = 0; tap < @(kh * kw); tap++) {
            const int up = y + @(py) - tap / @(kw), left = x + @(px) - tap % @(kw);
            const int oy = up / @(sy), ox = left / @(sx);
            if (up < 0 || left < 0 || oy * @(sy) != up || ox * @(sx) != left || oy >= @(out_height) || ox >= @(out_width))
                continue;
            @(pointer(t.d_out, "[oy][ox] + first"));
//: if is_cut then
@(include "kernels/parts/window_area.c")
            for (int j = 0; j < columns; j++)
                total[j] += (double)@(value(t.d_out, "d_out[j]")) / area;
        }
        for (int j = 0; j < columns; j++)
            @(assign(t.d_x, "d_x[first + j]", "(" .. real .. ")total[j]"));
//: else
            for (int j = 0; j < columns; j++)
                total[j] += (double)@(value(t.d_out, "d_out[j]"));
        }
        for (int j = 0; j < columns; j++)
            @(assign(t.d_x, "d_x[first + j]", "(" .. real .. ")(total[j] / " .. kh * kw .. ")"));
//: end
    }
}

void @(name)(@(signature))
{
    const struct @(name)_arguments a = {@(pack)};
    run(host, @(positions * slices), @(name)_unit, &a);
}

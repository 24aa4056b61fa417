//- Channels of zeros before and after others, backward.
/* @(title)
 *
 *     d_x @(t.d_x.assign) d_out's channels @(before) to @(before + inner - 1) where the position was taken, else 0 */
struct @(name)_arguments {
@(fields)
};

static void @(name)_unit(const void *argument, int unit)
{
    const struct @(name)_arguments *const a = argument;
@(include "kernels/parts/share_of_unit.c")
    for (int position = begin; position < end; position++) {
        const int y = position / @(width), x = position % @(width);
        @(pointer(t.d_x, " + " .. start_of(t.d_x, "position")));
//: if sy > 1 or sx > 1 then
        if (y % @(sy) != 0 || x % @(sx) != 0) {
//:   if t.d_x.assign == "=" then
            for (int j = @(first_of(slices, inner)); j < @(end_of_images(slices, inner)); j++)
                @(set(t.d_x, "d_x[j]", "0"));
//:   end
            continue;
        }
//: end
        @(pointer(t.d_out, "[y / " .. sy .. "][x / " .. sx .. "]"));
        for (int i = @(first_of(slices, 1)); i < @(end_of_images(slices, 1)); i++)
            for (int c = 0; c < @(inner); c++)
                @(assign(t.d_x, of_image("d_x", inner, "c"), elements(t, of_image("d_out", outer, "c + " .. before))));
    }
}

void @(name)(@(signature))
{
    const struct @(name)_arguments a = {@(pack)};
    run(host, @(units), @(name)_unit, &a);
}

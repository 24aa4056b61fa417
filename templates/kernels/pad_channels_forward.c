//- Channels of zeros before and after others.
/* @(title)
 *
 *     out = x at position y * @(sy), x * @(sx), after @(before) channels of zeros and before @(after) */
struct @(name)_arguments {
@(fields)
};

static void @(name)_unit(const void *argument, int unit)
{
    const struct @(name)_arguments *const a = argument;
@(include "kernels/parts/share_of_unit.c")
    for (int position = begin; position < end; position++) {
        const int y = position / @(t.out.width) * @(sy), x = position % @(t.out.width) * @(sx);
        @(pointer(t.x, "[y][x]", "from"));
        @(pointer(t.out, " + " .. start_of(t.out, "position")));
        for (int i = @(first_of(slices, 1)); i < @(end_of_images(slices, 1)); i++)
            for (int c = 0; c < @(outer); c++) {
                const int is_inside = c >= @(before) && c < @(before + inner);
                @(set(t.out, of_image("out", outer, "c"), "is_inside ? " .. value(t.x, of_image("from", inner, "c - " .. before)) .. " : 0"));
            }
    }
}

void @(name)(@(signature))
{
    const struct @(name)_arguments a = {@(pack)};
    run(host, @(units), @(name)_unit, &a);
}

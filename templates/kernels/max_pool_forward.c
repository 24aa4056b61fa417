//- Max pooling.
/* @(title)
 *
 *     out = the largest x of each @(kh)x@(kw) window, stride @(sy)x@(sx), padding @(py)x@(px) that never wins
//: if has.choice then
 *     choice = which of the window's taps that was, the first of equals, row by row
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
    for (int i = @(first_of(slices, 1)); i < @(end_of_images(slices, 1)); i++) {
        @(pointer(t.out, "[oy][ox][i]", "best"));
//: if has.choice then
        @(pointer(t.choice, "[oy][ox][i]"));
//: end
        int first = 1; /* whatever is there loses to the first tap inside */
        for (int tap = 0; tap < @(kh * kw); tap++) {
@(include "kernels/parts/window_input.c")
            @(pointer(t.x, "[y][x][i]", "in"));
            INDEPENDENT
            for (int c = 0; c < @(channels); c++) {
                const @(real) value = @(value(t.x, "in[c]")), before = @(value(t.out, "best[c]"));
                const int better = first | (value > before) | (value != value);
                @(set(t.out, "best[c]", "better ? value : before"));
//: if has.choice then
                choice[c] = better ? (@(t.choice.type))tap : choice[c];
//: end
            }
            first = 0;
        }
    }
}

void @(name)(@(signature))
{
    const struct @(name)_arguments a = {@(pack)};
    run(host, @(positions * slices), @(name)_unit, &a);
}

//- Channels of several tensors side by side, backward, for one of them.
/* @(title)
 *
 *     d_x @(t.d_x.assign) d_out's channels @(from) to @(from + channels - 1) of @(all) */
struct @(name)_arguments {
@(fields)
};

static void @(name)_unit(const void *argument, int unit)
{
    const struct @(name)_arguments *const a = argument;
@(include "kernels/parts/share_of_unit.c")
    for (int position = begin; position < end; position++) {
        const ptrdiff_t from = @(start_of(t.d_out, "position")) + @(from);
        const ptrdiff_t to = @(start_of(t.d_x, "position"));
        @(pointer(t.d_out, " + from"));
        @(pointer(t.d_x, " + to"));
        for (int i = @(first_of(slices, 1)); i < @(end_of_images(slices, 1)); i++)
            for (int c = 0; c < @(channels); c++)
                @(assign(t.d_x, of_image("d_x", channels, "c"), elements(t, of_image("d_out", all, "c"))));
    }
}

void @(name)(@(signature))
{
    const struct @(name)_arguments a = {@(pack)};
    run(host, @(units), @(name)_unit, &a);
}

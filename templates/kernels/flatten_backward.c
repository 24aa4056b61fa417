//- All values of an image in one row, backward.
/* @(title)
 *
 *     d_x [y][x][n][channel] @(t.d_x.assign) d_out [n][channel][y][x] */
struct @(name)_arguments {
@(fields)
};

static void @(name)_unit(const void *argument, int image)
{
    const struct @(name)_arguments *const a = argument;
    @(pointer(t.d_out, "[0][0][image]"));
    for (int y = 0; y < @(t.d_x.height); y++)
        for (int x = 0; x < @(t.d_x.width); x++)
            for (int c = 0; c < @(t.d_x.channels); c++)
                a->d_x[y][x][image][c] @(t.d_x.assign) d_out[(c * @(t.d_x.height) + y) * @(t.d_x.width) + x];
}

void @(name)(@(signature))
{
    const struct @(name)_arguments a = {@(pack)};
    run(host, n, @(name)_unit, &a);
}

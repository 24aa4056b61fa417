//- All values of an image in one row.
/* @(title)
 *
 *     out [n][channel][y][x] = x [y][x][n][channel], PyTorch's order */
struct @(name)_arguments {
@(fields)
};

static void @(name)_unit(const void *argument, int image)
{
    const struct @(name)_arguments *const a = argument;
    @(pointer(t.out, "[0][0][image]"));
    for (int y = 0; y < @(t.x.height); y++)
        for (int x = 0; x < @(t.x.width); x++)
            for (int c = 0; c < @(t.x.channels); c++)
                out[(c * @(t.x.height) + y) * @(t.x.width) + x] = a->x[y][x][image][c];
}

void @(name)(@(signature))
{
    const struct @(name)_arguments a = {@(pack)};
    run(host, n, @(name)_unit, &a);
}

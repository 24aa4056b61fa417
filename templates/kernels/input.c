//- The image: bytes to normalised floats.
/* @(title)
 *
 *     out = (byte / 255 - mean) / std by channel
 *
 * images [n][channel][y][x] -> out [y][x][n][channel] */
struct @(name)_arguments {
@(fields)
};

static void @(name)_unit(const void *argument, int unit)
{
    static const @(wide) scale[@(channels)] = {@(numbers(scale))};
    static const @(wide) shift[@(channels)] = {@(numbers(shift))};
    const struct @(name)_arguments *const a = argument;
@(include "kernels/parts/slice_of_unit.c")
    for (int x = 0; x < @(width); x++)
        for (int i = @(first_of(slices, 1)); i < @(end_of_images(slices, 1)); i++)
            for (int c = 0; c < @(channels); c++)
                a->out[position][x][i][c] =
                    (@(real))(a->images[((i * @(channels) + c) * @(height) + position) * @(width) + x] * scale[c] + shift[c]);
}

void @(name)(@(signature))
{
    const struct @(name)_arguments a = {@(pack)};
    run(host, @(height * slices), @(name)_unit, &a);
}

//- The product with a factor for all positions, backward, for the factor.
/* @(title)
 *
 *     d_x @(t.d_x.assign) the sum of d_out * other over @(positions) positions, by image and channel */
struct @(name)_arguments {
@(fields)
};

static void @(name)_unit(const void *argument, int image)
{
    const struct @(name)_arguments *const a = argument;
    @(pointer(t.d_x, "[0][0][image]"));
    for (int first = 0; first < @(channels); first += @(sum_block)) {
        const int width = @(size_of("first", sum_block, channels));
        double total[SUM_BLOCK] = {0};
        for (int begin = 0; begin < @(positions); begin += @(sum_rows)) {
            const int end = @(end_of("begin", sum_rows, positions));
            @(real) some[SUM_BLOCK] = {0};
            for (int position = begin; position < end; position++) {
                const ptrdiff_t start = @(start_of(t.other, "position")) + image * @(t.other.stride.image) + first;
                @(pointer(t.d_out, " + start"));
                @(pointer(t.other, " + start"));
                for (int c = 0; c < width; c++)
                    some[c] += d_out[c] * other[c];
            }
            for (int c = 0; c < width; c++)
                total[c] += (double)some[c];
        }
        for (int c = 0; c < width; c++)
            d_x[first + c] @(t.d_x.assign) (@(real))total[c];
    }
}

void @(name)(@(signature))
{
    const struct @(name)_arguments a = {@(pack)};
    run(host, n, @(name)_unit, &a);
}

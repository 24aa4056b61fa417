//- The gradient of a bias.
/* @(title)
 *
 *     sum = the sum of x over @(over), by channel */
struct @(name)_arguments {
@(fields)
};

static void @(name)_unit(const void *argument, int unit)
{
    const struct @(name)_arguments *const a = argument;
//: if sum_blocks > 1 then
    const int part = unit / @(sum_blocks), c = unit % @(sum_blocks) * @(sum_channels), channels = @(size_of("c", sum_channels, channels));
//: else
    enum { c = 0, channels = @(channels) };
    const int part = unit;
//: end
    @(pointer(t.x, " + " .. start_of(t.x, "part * " .. each)));
//: if each > 1 then
    sum_rows_of_positions(@(each) * a->n, a->n, channels, x + c, @(channels), @(t.x.stride.position), a->partial[part] + c);
//: else
    sum_rows(a->n, channels, x + c, @(channels), a->partial[part] + c);
//: end
}

void @(name)(@(signature))
{
    const struct @(name)_arguments a = {@(pack)};
    run(host, @(sums * sum_blocks), @(name)_unit, &a);
    for (int c = 0; c < @(channels); c++) {
        double total = 0;
        for (int part = 0; part < @(sums); part++)
            total += (double)partial[part][c];
        sum[c] = (@(real))total;
    }
}

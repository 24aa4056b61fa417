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
//: if blocks > 1 then
    const int part = unit / @(blocks), c = unit % @(blocks) * @(block);
//: else
    const int part = unit;
//: end
    @(pointer(t.x, " + " .. start_of(t.x, "part * " .. each)));
//: if each > 1 then
    sum_rows_of_positions(@(each) * a->n, a->n, @(channels), x, @(channels), @(t.x.stride.position), a->partial[part]);
//: elseif blocks > 1 then
    sum_rows(a->n, @(size_of("c", block, channels)), x + c, @(channels), a->partial[part] + c);
//: else
    sum_rows(a->n, @(channels), x, @(channels), a->partial[part]);
//: end
}

void @(name)(@(signature))
{
    const struct @(name)_arguments a = {@(pack)};
    run(host, @(sums * blocks), @(name)_unit, &a);
    for (int c = 0; c < @(channels); c++) {
        double total = 0;
        for (int part = 0; part < @(sums); part++)
            total += (double)partial[part][c];
        sum[c] = (@(real))total;
    }
}

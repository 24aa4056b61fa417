//- The gradient of a bias.
/* @(title)
 *
 *     sum = the sum of x over @(over), by channel */
struct @(name)_arguments {
@(fields)
};

static void @(name)_unit(const void *argument, int part)
{
    const struct @(name)_arguments *const a = argument;
    const int position = part * @(each);
    @(pointer(t.x, " + " .. start_of(t.x, "position")));
//: if each > 1 then
    sum_rows_of_positions(@(each) * a->n, a->n, @(channels), x, @(channels), @(t.x.stride.position), a->partial[part]);
//: else
    sum_rows(a->n, @(channels), x, @(channels), a->partial[part]);
//: end
}

void @(name)(@(signature))
{
    const struct @(name)_arguments a = {@(pack)};
    run(host, @(sums), @(name)_unit, &a);
    for (int c = 0; c < @(channels); c++) {
        double total = 0;
        for (int part = 0; part < @(sums); part++)
            total += (double)partial[part][c];
        sum[c] = (@(real))total;
    }
}

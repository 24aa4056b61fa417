//- The gradient of a bias.
/* @(title)
 *
 *     sum = the sum of x over @(over), by channel */
struct @(name)_arguments {
@(fields)
};

static void @(name)_unit(const void *argument, int position)
{
    const struct @(name)_arguments *const a = argument;
    @(pointer(t.x, " + " .. start_of(t.x, "position")));
    sum_rows(a->n, @(channels), x, @(channels), a->partial[position]);
}

void @(name)(@(signature))
{
    const struct @(name)_arguments a = {@(pack)};
    run(host, @(positions), @(name)_unit, &a);
    for (int c = 0; c < @(channels); c++) {
        double total = 0;
        for (int position = 0; position < @(positions); position++)
            total += (double)partial[position][c];
        sum[c] = (@(real))total;
    }
}

//- Statistics that a batch norm takes itself.
static void @(name)_statistics(const void *argument, int unit)
{
//: if sum_blocks > 1 then
    const int c = unit % @(sum_blocks) * @(sum_channels);
    position_statistics(argument, unit / @(sum_blocks), @(each), @(t.x.stride.position), @(channels), c, @(size_of("c", sum_channels, channels)));
//: else
    position_statistics(argument, unit, @(each), @(t.x.stride.position), @(channels), 0, @(channels));
//: end
}

static void @(name)_join(const void *argument, int unit)
{
    const struct norm_forward *const a = argument;
    join_statistics(unit, @(channels), @(sums), NULL, @(each) * a->n, a->partial, a->statistics);
}

//- The statistics of all parts together, for the batch norm behind a convolution (gen/kernels/statistics.lua).
/* Joins the statistics of all parts, for a few channels. */
static void @(name)_join(const void *argument, int unit)
{
    const struct @(name)_arguments *const a = argument;
//: if counted then
    join_statistics(unit, @(stat_channels), @(stat_parts), a->partial + @(stat_parts * 2 * stat_channels), 0, a->partial, a->statistics[0]);
//: else
    join_statistics(unit, @(stat_channels), @(stat_parts), NULL, a->n, a->partial[0][0], a->statistics[0]);
//: end
}


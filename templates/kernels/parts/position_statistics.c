//- The statistics of what a convolution has made, one position at a time, where its units are not those of all images.
/* The statistics of some channels of one position. */
//: if t.out.is_bf16 then
static void @(name)_statistics(const void *argument, int unit, void *scratch)
//: else
static void @(name)_statistics(const void *argument, int unit)
//: end
{
    const struct @(name)_arguments *const a = argument;
//: if pieces > 1 then
    const int position = unit / @(pieces), c = unit % @(pieces) * @(piece), count = @(size_of("c", piece, stat_channels));
//: else
    enum { c = 0, count = @(stat_channels) };
    const int position = unit;
//: end
    @(pointer(t.out, " + " .. start_of(t.out, "position") .. " + c"));
//: if t.out.is_bf16 then
    @(real) *const stage = kernel_scratch(scratch);
    widen_rows(a->n, count, out, @(t.out.stride.image), stage);
    partial_statistics(count, count, a->n, stage, a->partial[position][0] + c, a->partial[position][1] + c);
//: else
    partial_statistics(count, @(t.out.stride.image), a->n, out, a->partial[position][0] + c, a->partial[position][1] + c);
//: end
}

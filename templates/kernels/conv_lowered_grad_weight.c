//- Convolution, gradient of the weight for few input channels: lower, then one product a block.
/* @(title)
 *
 * One unit sums @(share): lowered inputs, [columns * images][@(k)]',
 * times gradients, [columns * images][@(og)].@(afterwards) */
struct @(name)_arguments {
@(fields)
//: if shares_taps then
    int taps, blocks; /* of a unit; units of all of them */
//: end
};

@(include "kernels/parts/lower.c")

//: if shares_taps then
static void @(name)_unit(const void *argument, int unit, void *scratch)
{
    const struct @(name)_arguments *const a = argument;
    const int part = unit / a->blocks, tap = unit % a->blocks * a->taps, taps = at_most(@(#taps) - tap, a->taps);
//: else
static void @(name)_unit(const void *argument, int part, void *scratch)
{
    const struct @(name)_arguments *const a = argument;
//: end
    @(real) *const lowered = kernel_scratch(scratch);
//: if t.d_out.is_bf16 then
    @(real) *const stage = lowered + @(lowered.floats); /* gradients of one position */
//: end
//: if parts > 1 then
    @(real) *const sum = a->workspace[part][0];
//: else
    @(real) *const sum = (@(real) *)a->d_weight;
//: end
    int beta = 0;
    for (int y = part * @(t.d_out.height) / @(parts); y < (part + 1) * @(t.d_out.height) / @(parts); y++) {
        for (int x0 = 0; x0 < @(t.d_out.width); x0 += @(columns)) {
            const int x1 = @(end_of("x0", columns, t.d_out.width));
//: if shares_taps then
            for (int x = x0; x < x1; x++) {
                if (taps == @(#taps))
                    @(name)_lower(a, y, x, 0, @(#taps), lowered + @(start_of(lowered, "(x - x0)")));
                else
                    @(name)_lower(a, y, x, tap, tap + taps, lowered + @(start_of(lowered, "(x - x0)")));
            }
            gemm_sum(scratch, x1 - x0, a->n, taps * @(cg), @(og), positions(lowered + tap * @(cg), @(lowered.stride.position), @(lowered.stride.image)),
                     @(positions_of(t.d_out, "a->d_out[y][x0][0]", t.d_out.stride.position, t.d_out.stride.image, "stage")), into(sum + tap * @(cg * og), @(og), beta));
//: else
            for (int x = x0; x < x1; x++)
                @(name)_lower(a, y, x, lowered + @(start_of(lowered, "(x - x0)")));
            gemm_sum(scratch, x1 - x0, a->n, @(k), @(og), positions(lowered, @(lowered.stride.position), @(lowered.stride.image)),
                     @(positions_of(t.d_out, "a->d_out[y][x0][0]", t.d_out.stride.position, t.d_out.stride.image, "stage")), into(sum, @(og), beta));
//: end
            beta = 1;
        }
    }
}

//: if parts > 1 then
@(include "kernels/parts/add_parts.c")

//: end
void @(name)(@(signature))
{
//: if shares_taps then
    const int taps = share_of_unit(host, @(parts), @(#taps), @(#taps), 1), blocks = (@(#taps) + taps - 1) / taps;
    const struct @(name)_arguments a = {@(pack), taps, blocks};
    run_with_scratch(host, @(parts) * blocks, @(name)_unit, &a);
//: else
    const struct @(name)_arguments a = {@(pack)};
    run_with_scratch(host, @(parts), @(name)_unit, &a);
//: end
//: if parts > 1 then
    run(host, @(pieces), @(name)_add, &a);
//: end
}

//- Convolution forward for few input channels: lower a block of outputs, then one product.
/* @(title)
 *
 * One unit lowers @(share) of an output row, [columns][images][@(#taps) taps * @(cg) channels] with
 * zeros for padding, and multiplies by the weight, [@(k)][@(og)]. */
struct @(name)_arguments {
@(fields)
};

@(include "kernels/parts/lower.c")

static void @(name)_unit(const void *argument, int unit, void *scratch)
{
    const struct @(name)_arguments *const a = argument;
    const int y = unit / @(blocks), x0 = unit % @(blocks) * @(columns), x1 = @(end_of("x0", columns, t.out.width));
    @(real) *const lowered = kernel_scratch(scratch);
//: if t.out.is_bf16 then
    @(real) *const stage = lowered + @(lowered.floats); /* outputs of one position */
//: end
    for (int x = x0; x < x1; x++)
        @(name)_lower(a, y, x, lowered + @(start_of(lowered, "(x - x0)")));
//: if has.bias and not starts then
    for (int x = x0; x < x1; x++)
        for (int i = 0; i < a->n; i++)
            for (int c = 0; c < @(og); c++)
                a->out[y][x][i][c] = a->bias[c];
//: end
    gemm_positions(scratch, x1 - x0, a->n, @(og), @(k), positions(lowered, @(lowered.stride.position), @(lowered.stride.image)),
                   by_rows(a->weight[0][0][0], @(og)),
//: if starts then
                   onto_row(a->out[y][x0][0], @(t.out.stride.position), @(t.out.stride.image), a->bias, stage));
//: else
                   @(into_positions_of(t.out, "a->out[y][x0][0]", t.out.stride.position, t.out.stride.image, from_bias, "stage")));
//: end
//: if has.statistics then
//:   if lacks.statistics then
    if (!a->statistics)
        return;
//:   end
//:   if t.out.is_bf16 then
    for (int x = x0; x < x1; x++) {
        widen_rows(a->n, @(og), a->out[y][x][0], @(og), stage);
        partial_statistics(@(og), @(og), a->n, stage, a->partial[y * @(t.out.width) + x][0], a->partial[y * @(t.out.width) + x][1]);
    }
//:   else
    for (int x = x0; x < x1; x++)
        partial_statistics(@(og), @(og), a->n, a->out[y][x][0], a->partial[y * @(t.out.width) + x][0],
                           a->partial[y * @(t.out.width) + x][1]);
//:   end
//: end
}

//: if has.statistics then
@(include "kernels/parts/join_statistics.c")
//: end
void @(name)(@(signature))
{
    const struct @(name)_arguments a = {@(pack)};
    run_with_scratch(host, @(t.out.height * blocks), @(name)_unit, &a);
//: if has.statistics then
@(include "kernels/parts/call_join.c")
//: end
}

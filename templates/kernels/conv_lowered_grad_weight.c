//- Convolution, gradient of the weight for few input channels: lower, then one product a block.
/* @(title)
 *
 * One unit sums the output rows of one of @(parts) parts: lowered inputs, [columns * images][@(k)]',
 * times gradients, [columns * images][@(og)]. The parts are added up afterwards. */

struct @(name)_arguments {
@(fields)
};

@(include "kernels/parts/lower.c")

static void @(name)_unit(const void *argument, int part, void *scratch)
{
    const struct @(name)_arguments *const a = argument;
    int beta = 0;
    for (int y = part * @(t.d_out.height) / @(parts); y < (part + 1) * @(t.d_out.height) / @(parts); y++) {
        for (int x0 = 0; x0 < @(t.d_out.width); x0 += @(columns)) {
            const int x1 = at_most(x0 + @(columns), @(t.d_out.width));
            for (int x = x0; x < x1; x++)
                @(name)_lower(a, y, x);
            gemm_sum(scratch, x1 - x0, a->n, @(k), @(og),
                     positions(a->lowered[y][x0][0], @(t.lowered.stride.position), @(t.lowered.stride.image)),
                     positions(a->d_out[y][x0][0], @(t.d_out.stride.position), @(t.d_out.stride.image)),
                     into(a->workspace[part][0], @(og), beta));
            beta = 1;
        }
    }
}

void @(name)(@(signature))
{
    const struct @(name)_arguments a = {@(pack)};
    run_with_scratch(host, @(parts), @(name)_unit, &a);
    sum_rows(@(parts), @(k * og), (const @(real) *)workspace, @(k * og), (@(real) *)d_weight);
}

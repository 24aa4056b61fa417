//- Fully connected layer, gradient of the input.
/* @(title)
 *
 *     d_x [n][@(inputs)] @(t.d_x.assign) d_out [n][@(outputs)] weight
 *
 * A unit takes @(share). */
struct @(name)_arguments {
@(fields)
@(include "kernels/parts/linear_share.c")
};

static void @(name)_unit(const void *argument, int unit, void *scratch)
{
    const struct @(name)_arguments *const a = argument;
@(include "kernels/parts/linear_unit.c")
    if (count > 0)
        gemm(scratch, count, columns, @(outputs), by_rows(a->d_out[0][0][first], @(outputs)), by_rows(a->weight[0] + column, @(inputs)),
             ahead(a->weight[0] + column), into(a->d_x[0][0][first] + column, @(inputs), @(beta)));
}

void @(name)(@(signature))
{
@(include "kernels/parts/linear_cut.c")
    run_with_scratch(host, @(count), @(name)_unit, &a);
}

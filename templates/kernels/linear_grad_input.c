//- Fully connected layer, gradient of the input.
/* @(title)
 *
 *     d_x [n][@(inputs)] @(t.d_x.assign) d_out [n][@(outputs)] weight
 *
 * A unit takes @(images) images. */
struct @(name)_arguments {
@(fields)
};

static void @(name)_unit(const void *argument, int unit, void *scratch)
{
    const struct @(name)_arguments *const a = argument;
    const int first = unit * @(images), count = at_most(a->n - first, @(images));
    if (count > 0)
        gemm(scratch, count, @(inputs), @(outputs), by_rows(a->d_out[0][0][first], @(outputs)),
             by_rows(a->weight[0], @(inputs)), ahead(a->weight[0]), into(a->d_x[0][0][first], @(inputs), @(beta)));
}

void @(name)(@(signature))
{
    const struct @(name)_arguments a = {@(pack)};
    run_with_scratch(host, @(units), @(name)_unit, &a);
}

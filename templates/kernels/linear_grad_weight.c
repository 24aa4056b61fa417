//- Fully connected layer, gradient of the weight.
/* @(title)
 *
 *     d_weight [@(outputs)][@(inputs)] = d_out' x
 *
 * A unit takes @(slice) of the inputs@(some). */
struct @(name)_arguments {
@(fields)
};

static void @(name)_unit(const void *argument, int unit, void *scratch)
{
    const struct @(name)_arguments *const a = argument;
    const int first = unit * @(slice);
//: if few_at_a_time then
    for (int i = 0; i < a->n; i += @(images))
        gemm(scratch, @(outputs), @(slice), at_most(a->n - i, @(images)), transposed(a->d_out[0][0][i], @(outputs)),
             by_rows(&a->x[0][0][i][first], @(inputs)), ahead(&a->x[0][0][i][first]),
             into(&a->d_weight[0][first], @(inputs), i > 0));
//: else
    gemm(scratch, @(outputs), @(slice), a->n, transposed(a->d_out[0][0][0], @(outputs)),
         by_rows(&a->x[0][0][0][first], @(inputs)), ahead(&a->x[0][0][0][first]), into(&a->d_weight[0][first], @(inputs), 0));
//: end
}

void @(name)(@(signature))
{
    const struct @(name)_arguments a = {@(pack)};
    run_with_scratch(host, @(slices), @(name)_unit, &a);
}
